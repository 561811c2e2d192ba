"""The two groups of people behind the site. They come with `migrate`, so every installation has them."""

from django.apps import apps as current_apps
from django.db.models import Q

EDITORS, REVIEWERS = "Editors", "Reviewers"


def give_permissions(app_config, using, apps=current_apps, **kwargs):
    """Let Editors write the records of an app that was just migrated, and Reviewers decide proposals as well."""
    from django.contrib.auth.management import create_permissions

    from temsisite.publishing.models import Part, Proposal, Record

    create_permissions(app_config, using=using, apps=apps, verbosity=0)  # auth makes them only after its turn has come
    models = [model for model in app_config.get_models() if issubclass(model, (Record, Part))]
    allowed = Q(pk__in=[])
    for model in models:
        names = [f"{verb}_{model._meta.model_name}" for verb in ("view", "add", "change", "delete")]
        allowed |= Q(content_type__app_label=app_config.label, codename__in=names)
    everyone = allowed
    if app_config.label == Proposal._meta.app_label:
        everyone |= Q(content_type__app_label="publishing", codename__in=["view_proposal", "view_publication"])
    _grant(apps, using, EDITORS, everyone)
    _grant(apps, using, REVIEWERS, everyone | Q(content_type__app_label="publishing", codename="review_proposal"))


def _grant(apps, using, name, condition):
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    group, _ = Group.objects.using(using).get_or_create(name=name)
    group.permissions.add(*Permission.objects.using(using).filter(condition))
