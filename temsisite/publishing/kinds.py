"""Which kinds of record there are, and what each needs: its model, its serializer, its addresses."""

from functools import cache

from django.apps import apps
from django.utils.module_loading import import_string

from temsisite.publishing.models import Record


@cache
def kinds():
    """Every kind of record by name, in the order of the settings: {"source": Source, "drug": Drug …}."""
    return {model.kind(): model for model in apps.get_models() if issubclass(model, Record)}


def plural(kind):
    """The kind as addresses say it: drug → drugs."""
    return f"{kind}s"


def by_plural(name):
    """The model whose addresses begin with `name`, or None."""
    return next((model for kind, model in kinds().items() if plural(kind) == name), None)


@cache
def serializer_for(model):
    """The one serializer that writes the documents of `model`: `<Model>Serializer` in the `api.py` of its app.

    It is kept, for building its fields costs more than a document does.
    """
    return import_string(f"{model._meta.app_config.name}.api.{model.__name__}Serializer")()


@cache
def linked_data_for(model):
    """The function that describes records of `model` in schema.org's words: in the `linked_data.py` of its app."""
    return import_string(f"{model._meta.app_config.name}.linked_data.{model.kind()}")
