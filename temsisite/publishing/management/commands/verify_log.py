"""Prove that the log is whole and that the rows say what it says."""

from itertools import chain, pairwise

from django.core.management.base import BaseCommand, CommandError
from django.db.models import F

from temsisite.publishing import documents
from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import Counter, Publication


class Command(BaseCommand):
    help = "Check the publication log: no gaps, every digest right, every public record as its document says."

    def handle(self, **options):
        astray = [*self.gaps(), *self.wrong_digests(), *self.wrong_ends(), *self.drift(), *self.strangers()]
        if astray:
            raise CommandError("\n".join(astray))
        self.stdout.write(f"{Publication.objects.count()} line(s), no gap, every digest right, no record astray.")

    def gaps(self):
        """Sequences run from 1 to the last one given out."""
        counted = Counter.objects.values_list("last_sequence", flat=True).first() or 0
        there = set(Publication.objects.values_list("sequence", flat=True))
        for sequence in sorted(set(range(1, counted + 1)) ^ there):
            yield f"Line {sequence} is {'one too many' if sequence in there else 'missing'}."

    def wrong_digests(self):
        for line in Publication.objects.exclude(document="").iterator():
            if documents.digest(line.document) != line.sha256:
                yield f"Line {line.sequence}, {line.kind} {line.slug}: the document does not match its sha256."

    def wrong_ends(self):
        """Each version ends where the next begins."""
        lines = Publication.objects.order_by("kind", "slug", "version").defer("document", "note")
        for line, following in pairwise(chain(lines.iterator(), [None])):
            same = following and (line.kind, line.slug) == (following.kind, following.slug)
            if line.ended_at_sequence != (following.sequence if same else None):
                yield f"Line {line.sequence}, {line.kind} {line.slug}: it does not end where the next version begins."

    def drift(self):
        """What is public in the log is public in the tables, and says the same."""
        current = Publication.objects.as_of(Publication.objects.newest_sequence())
        for kind, model in kinds().items():
            lines = current.filter(kind=kind)
            records = model.objects.public().filter(publication__in=lines, slug=F("publication__slug")).defer(None)
            for line in lines.exclude(pk__in=records.values("publication")).iterator():
                yield f"The log has {kind} {line.slug} as public, but the tables do not."
            for record in records.select_related("publication").whole().iterator(chunk_size=500):
                line = record.publication
                stamp = {"version": line.version, "sequence": line.sequence, "published_at": line.published_at}
                if documents.stamped(documents.body(record), **stamp) != line.document:
                    yield f"The rows of {kind} {line.slug} say something else than its version {line.version}."

    def strangers(self):
        """Nothing is public that the log does not know."""
        current = Publication.objects.as_of(Publication.objects.newest_sequence())
        for kind, model in kinds().items():
            for record in model.objects.public().exclude(publication__in=current):
                yield f"The tables have {kind} {record.slug} as public, but the log does not."
