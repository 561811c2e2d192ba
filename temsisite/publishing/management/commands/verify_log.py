"""Prove that the log is whole and that the rows say what it says."""

from django.core.management.base import BaseCommand, CommandError

from temsisite.publishing import documents
from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import Publication


class Command(BaseCommand):
    help = "Check the publication log: no gaps, every digest right, every public record as its document says."

    def handle(self, **options):
        findings = [*self.gaps_and_digests(), *self.drift()]
        if findings:
            raise CommandError("\n".join(findings))
        self.stdout.write(f"{Publication.objects.count()} line(s), no gap, every digest right, no record astray.")

    def gaps_and_digests(self):
        for expected, line in enumerate(Publication.objects.order_by("sequence").iterator(), start=1):
            if line.sequence != expected:
                yield f"Line {expected} is missing: {line.sequence} follows."
                return
            if line.document and documents.digest(line.document) != line.sha256:
                yield f"Line {line.sequence}, {line.kind} {line.slug}: the document does not match its sha256."

    def drift(self):
        for kind, model in kinds().items():
            for record in model.objects.public().select_related("publication").iterator(chunk_size=500):
                line = record.publication
                stamp = {"version": line.version, "sequence": line.sequence, "published_at": line.published_at}
                if documents.stamped(documents.body(record), **stamp) != line.document:
                    yield f"The rows of {kind} {record.slug} say something else than its version {line.version}."
