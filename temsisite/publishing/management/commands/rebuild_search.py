"""Write the search index anew from the publication log."""

from django.core.management.base import BaseCommand

from temsisite.publishing import search


class Command(BaseCommand):
    help = "Write the search index anew, after a release that reads documents or folds words in another way."

    def handle(self, **options):
        self.stdout.write(f"{search.rebuild()} records can be found.")
