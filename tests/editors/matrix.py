"""Every address of the admin as its URL patterns tell them, each filled with something that is there."""

import pytest
from django.contrib.admin import site
from django.urls import URLResolver, reverse
from django.urls.resolvers import RegexPattern

from temsisite.publishing.models import Record

# What an address may ask for beside the row that its model gives. A view that asks for more adds it here.
ARGUMENTS = {"version": 1, "number": 1, "app_label": "trials", "url": "nowhere"}


class Address:
    """One address: what its view is called, which row it is about, in which state that is."""

    def __init__(self, path, view, model=None, state=""):
        self.path, self.view, self.model, self.state = path, view, model, state

    def __str__(self):
        about = self.model._meta.label_lower if self.model else "site"
        return " ".join(filter(None, [about, self.view, self.state]))


def addresses(rows):
    """All of them: `rows` gives {state: row} of a model, so that each of its views is asked about each state."""
    found, arguments = [], ARGUMENTS | _anything(rows)
    for pattern in site.get_urls():
        if isinstance(pattern, URLResolver):
            model = next(model for model in site._registry if _stem(model) == pattern.pattern._route)
            for inner in pattern.url_patterns:
                found += _of_a_model(inner, model, rows(model), arguments)
        else:
            found.append(Address(_filled(pattern, "/admin/", arguments), _called(pattern)))
    return found


def _of_a_model(pattern, model, states, arguments):
    view = _called(pattern).removeprefix(f"{model._meta.app_label}_{model._meta.model_name}_")
    stem = f"/admin/{_stem(model)}"
    own = [name for name in ("object_id", "id", "pk", f"{model._meta.model_name}_id") if name in _asked(pattern)]
    if not own:
        return [Address(_filled(pattern, stem, arguments), view, model)]
    return [
        Address(_filled(pattern, stem, arguments | dict.fromkeys(own, row.pk)), view, model, state)
        for state, row in states.items()
    ]


def _anything(rows):
    """A row of each model for whatever asks for one by name: `trial_id`; and what “view on site” asks for."""
    some = {model: list(rows(model).values())[-1] for model in site._registry}
    named = {f"{model._meta.model_name}_id": row.pk for model, row in some.items()}
    record = next(row for row in some.values() if isinstance(row, Record))
    return named | {"content_type_id": 1, "object_id": 1, "kind": record.kind(), "slug": record.slug}


def _filled(pattern, stem, arguments):
    wanted = _asked(pattern)
    if unknown := wanted - set(arguments):
        pytest.fail(
            f"The address {stem}{pattern.pattern} asks for “{'”, “'.join(sorted(unknown))}”. Say in ARGUMENTS in "
            "tests/editors/matrix.py what that may be, so that everybody can be sent there."
        )
    if isinstance(pattern.pattern, RegexPattern):
        named = {name: arguments[name] for name in wanted}
        return reverse(f"admin:{pattern.name}", kwargs=named) if pattern.name else f"{stem}{arguments['url']}/"
    route = pattern.pattern._route
    for name, converter in pattern.pattern.converters.items():
        for spelt in (f"<{_spelling(converter)}:{name}>", f"<{name}>"):
            route = route.replace(spelt, str(arguments[name]))
    return f"{stem}{route}"


def _spelling(converter):
    return type(converter).__name__.removesuffix("Converter").replace("String", "str").lower()


def _asked(pattern):
    """The names of what an address asks for."""
    if isinstance(pattern.pattern, RegexPattern):
        return set(pattern.pattern.regex.groupindex)
    return set(pattern.pattern.converters)


def _called(pattern):
    return pattern.name or "elsewhere"


def _stem(model):
    return f"{model._meta.app_label}/{model._meta.model_name}/"
