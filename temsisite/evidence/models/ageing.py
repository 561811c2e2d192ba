"""What ages: the records that somebody should look at again after some time, whether or not they changed."""

import datetime

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from temsisite.publishing.models import Publication, RecordQuerySet


class AgeingQuerySet(RecordQuerySet):
    """Questions about records with a day on which they were last reviewed."""

    def due_for_review(self, today):
        """The public ones that nobody reviewed for as long as their kind may wait, nor published since."""
        days = settings.REVIEW_DUE_AFTER.get(self.model.kind())
        if days is None:
            return self.none()
        day = today - datetime.timedelta(days=days)
        morning = timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
        never_since = Q(last_reviewed_on=None, publication__lte=Publication.objects.last_before(morning))
        return self.public().filter(Q(last_reviewed_on__lt=day) | never_since)
