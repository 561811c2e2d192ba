"""How a list can be narrowed: each choice with the number of records one gets by it, given all other choices."""

import datetime
from collections import Counter
from urllib.parse import urlencode

from django.utils.text import capfirst

from temsisite.publishing.counting import Numbers, most
from temsisite.publishing.filters import ChoiceFilter, RecordFilter, short_title
from temsisite.publishing.models import Record

OFFERED = 10  # of the records one can choose by, those that are chosen by most; others are typed
SHOWN = 1_000  # what is only known to be at least this is said so

ORDER_LABELS = {
    "slug": "address",
    "sequence": "publication",
    "inn": "name",
    "gene_symbol": "gene",
    "brief_title": "title",
    "issued": "date",
}


def asked(filterset) -> dict[str, str]:
    """What was asked for and understood, by parameter as an address writes it; all of them, in a fixed order."""
    problems = filterset.problems(also=["ordering"] if filterset.orderings else [])
    values = filterset.form.cleaned_data
    written = {name: _written(values.get(name)) for name in filterset.form.fields}
    return written | {"ordering": "" if "ordering" in problems else filterset.data.get("ordering", "")}


def address(query, **changed):
    """The address of the same list with some parameters changed; an empty one is left out."""
    return f"?{urlencode([(name, value) for name, value in (query | changed).items() if value])}"


def addresses(query, name):
    """The same for each value of one parameter: a facet has dozens, and the rest of the address is written once."""
    names = list(query)
    place = names.index(name)
    before, after = (
        urlencode([(other, query[other]) for other in part if query[other]])
        for part in (names[:place], names[place + 1 :])
    )

    def address_of(value):
        return "?" + "&".join(filter(None, [before, value and urlencode([(name, value)]), after]))

    return address_of


def filter_panel(filterset, unknown=()):
    """What `components/_filter_form.html` shows: what has been chosen, and what there is to choose."""
    return what_is_chosen(filterset, unknown) | what_to_choose(filterset)


def what_is_chosen(filterset, unknown=()):
    """The filters and the order in force. `unknown` says by parameter what is wrong besides the values of filters."""
    query = asked(filterset)
    return {
        "orders": orders(filterset, query),
        "chosen": chosen(filterset, query),
        "unknown": dict(unknown),
        "is_wrong": bool(filterset.form.errors or unknown),
    }


def what_to_choose(filterset):
    """The fields to fill in and the facets to choose from, each choice with its number; and how many are `found`."""
    query, form = asked(filterset), filterset.form
    names = [name for name, choice in filterset.filters.items() if isinstance(choice, ChoiceFilter | RecordFilter)]
    menus = [name for name in names if isinstance(filterset.filters[name], ChoiceFilter)]
    numbers = Numbers(filterset, names)
    facets = [facet(filterset, name, query, numbers.sample(name)) for name in names]
    return {
        "fields": [form[name] for name in form.fields if name not in names],
        "facets": [facet for facet in facets if facet["options"] or facet["errors"]],
        "kept": [(name, query[name]) for name in [*menus, "ordering"] if query[name]],
        "found": numbers.found,
    }


def chosen(filterset, query):
    """The filters in force, in words, each with the address of the list without it."""
    return [
        {"label": filterset.form[name].label, "value": _in_words(filterset, name), "url": address(query, **{name: ""})}
        for name, value in query.items()
        if value and name != "ordering"
    ]


def facet(filterset, name, query, sample):
    """One filter with its choices. Only choices that lead to something are offered, and what is chosen already."""
    is_record = isinstance(filterset.filters[name], RecordFilter)
    options, more = (_records if is_record else _choices)(filterset, name, sample)
    address_of = addresses(query, name)
    return {
        "name": name,
        "label": filterset.form[name].label,
        "chosen": _in_words(filterset, name) if query[name] else "",
        "errors": filterset.form.errors.get(name),
        "field": filterset.form[name] if is_record else None,
        "more": more,
        "options": [
            {
                "label": label,
                "count": _count(number, sample.is_part),
                "is_chosen": query[name] == value,
                "url": address_of("" if query[name] == value else value),
            }
            for value, label, number in options
            if number or sample.is_part or query[name] == value
        ],
    }


def orders(filterset, query):
    """The orders a list can stand in, by word: the address of each, and which it stands in now."""
    first = filterset.queryset.query.order_by[:1]
    usual = next((_word(filterset, field) for field in first), "")
    now = query["ordering"] or usual
    return {
        word: {
            "label": ORDER_LABELS.get(word, word.replace("_", " ")),
            "up": address(query, ordering="" if word == usual else word),
            "down": address(query, ordering="" if f"-{word}" == usual else f"-{word}"),
            "next": address(query, ordering=f"-{word}" if now == word else word),
            "sort": {word: "ascending", f"-{word}": "descending"}.get(now, ""),
        }
        for word in filterset.orderings
    }


def _word(filterset, field):
    words = {field: word for word, field in filterset.orderings.items()}
    return "-" * field.startswith("-") + words.get(field.removeprefix("-"), "")


def _choices(filterset, name, sample):
    """The values of a field with their numbers, in the order of the field."""
    choice, numbers = filterset.filters[name], Counter()
    for value, number in sample.by_value(choice.field_name).items():
        numbers.update(dict.fromkeys(choice.stands_for(value) if value else (), number))
    labels = [(value, capfirst(label)) for value, label in filterset.form.fields[name].choices if value]
    return [(value, label, numbers[value]) for value, label in labels], False


def _records(filterset, name, sample):
    """The records that most are about, with their numbers, and whether there are more of them."""
    choice = filterset.filters[name]
    numbers = sample.by_record(choice.field_name)
    found = most(choice.record_model, numbers, OFFERED + 1)
    options = [(record.slug, short_title(record), numbers[record.pk]) for record in found[:OFFERED]]
    return options, len(found) > OFFERED


def in_order(queryset, keys):
    """The rows of these keys in their order."""
    found = queryset.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _count(number, is_sample):
    """A number as far as it is known."""
    if not is_sample:
        return f"{number:,}"
    return f"more than {SHOWN:,}" if number > SHOWN else f"at least {number:,}" if number else ""


def _written(value):
    if isinstance(value, Record):
        return value.slug
    return value.isoformat() if isinstance(value, datetime.date) else str(value or "")


def _in_words(filterset, name):
    value = filterset.form.cleaned_data[name]
    if isinstance(value, Record):
        return short_title(value)
    if isinstance(value, datetime.date):
        return f"{value.day} {value:%B} {value.year}"
    labels = dict(getattr(filterset.form.fields[name], "choices", ()))
    return str(labels.get(value, f"“{value}”"))
