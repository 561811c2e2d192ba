"""What must hold before a record becomes public, and before it ceases to be."""

from django.core.exceptions import ValidationError

from temsisite.publishing import documents

NAMED = 10  # a refusal names so many records and counts the rest


class Refused(ValidationError):
    """An action that a rule does not allow; its messages say which rule and the way out."""


class NotYet(Refused):
    """A refusal that ends once something else has been published."""


def check(record):
    """Raise `ValidationError` unless the record and its parts keep every rule that publication demands.

    They are rows already, so the rules of their tables need not be asked again, nor whether what they name is there.
    """
    for row in (record, *record.parts()):
        references = {field.name for field in row._meta.fields if field.is_relation}
        row.full_clean(exclude=references, validate_unique=False, validate_constraints=False)
    record.clean_for_publication()


def missing_references(record):
    """What must be published before `record`, just read from the database, can be: what it names and nobody sees."""
    return sorted((other for other in documents.references(record) if not other.is_public), key=name_of)


def refuse_if_missing(record):
    """Publication closure: everything the document refers to must be public already."""
    if missing := missing_references(record):
        raise NotYet(f"{name_of(record)} refers to what is not published yet. Publish first: {named(missing)}.")


def refuse_if_needed(record):
    """Publication closure, seen from the other side: nothing public may refer to what goes."""
    if others := sorted(documents.dependants(record), key=name_of):
        raise Refused(
            f"{name_of(record)} is referred to by what is public. Withdraw or change first: {named(others)}."
        )


def name_of(record):
    """What a sentence calls a record: trial “arcc”."""
    return f"{record._meta.verbose_name} “{record.slug}”"


def named(records):
    """What a sentence calls several records; it counts the rest of many."""
    names = ", ".join(map(name_of, records[:NAMED]))
    return f"{names} and {len(records) - NAMED} more" if len(records) > NAMED else names
