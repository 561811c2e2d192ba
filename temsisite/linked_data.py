"""The site as a data set in the words of schema.org, for the front page."""

from django.conf import settings

from temsisite.publishing.linked_data import VOCABULARY, publisher


def dataset(request, newest):
    """Everything that is published, with its licence and where to load it; `newest` is the newest line of the log."""
    absolute = request.build_absolute_uri
    return {
        "@context": VOCABULARY,
        "@type": "Dataset",
        "@id": absolute("/"),
        "url": absolute("/"),
        "name": "temsisite: what the literature says about temsirolimus",
        "description": "Claims about temsirolimus and its class, each with its source, its place in that source and a "
        "verdict; the drugs, targets, diseases and trials they are about; every version of each, as JSON.",
        "creator": publisher(absolute),
        "license": settings.DATA_LICENSE["url"],
        "isAccessibleForFree": True,
        "version": str(newest.sequence if newest else 0),
        **({"dateModified": newest.published_at.isoformat()} if newest else {}),
        "distribution": {
            "@type": "DataDownload",
            "contentUrl": absolute("/api/v1/export.ndjson"),
            "encodingFormat": "application/x-ndjson",
        },
    }
