"""The editors' guide: its chapters, and which of them explains the page that somebody looks at."""

CHAPTERS = {}


def how_to(request):
    return []
