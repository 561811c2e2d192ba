"""What pages say to machines in the words of schema.org. Each kind of record has a function in its app's module."""

from temsisite.publishing.kinds import linked_data_for
from temsisite.publishing.shape import headline

VOCABULARY = "https://schema.org"


def record_data(request, record, crumbs):
    """A public record, and the way to it. Asks nothing that its page has not fetched."""
    absolute = request.build_absolute_uri("/").removesuffix("/").__add__
    trail = [
        {"@type": "ListItem", "position": number, "name": str(title), "item": absolute(url or request.path)}
        for number, (title, url) in enumerate(crumbs, start=1)
    ]
    return {
        "@context": VOCABULARY,
        "@graph": [
            linked_data_for(type(record))(record, absolute),
            {"@type": "BreadcrumbList", "itemListElement": trail},
        ],
    }


def node(type, record, absolute, **properties):
    """A record under its own address, with those of the properties that have a value."""
    url = absolute(record.get_absolute_url())
    return {"@type": type, "@id": url, "url": url} | valued(name=headline(record), **properties)


def mention(record, absolute):
    """Another record by its address and name."""
    return {"@id": absolute(record.get_absolute_url()), "name": headline(record)}


def mentions(records, absolute):
    return [mention(record, absolute) for record in records if record]


def named(type, name, **properties):
    """Something that has a name but no page here: an organization, a class of drugs."""
    return {"@type": type, "name": name} | valued(**properties) if name else None


def valued(**properties):
    return {name: value for name, value in properties.items() if value not in (None, "", [])}


def publisher(absolute):
    return named("Organization", "temsisite", url=absolute("/"))
