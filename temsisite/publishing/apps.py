from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.db.models.signals import post_migrate


class PublishingConfig(AppConfig):
    default = True
    name = "temsisite.publishing"
    label = "publishing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from temsisite.publishing import desk, heaps
        from temsisite.publishing.groups import give_permissions

        mine = (heaps.returned, heaps.stale, heaps.unfinished, heaps.proposed, heaps.drafts)
        desk.register(heaps.waiting, *mine, heaps.published)
        post_migrate.connect(give_permissions, dispatch_uid="temsisite.publishing.groups.give_permissions")


class DeskConfig(admin.AdminConfig):
    """Django's admin, with the editors' desk as its site."""

    default = False
    default_site = "temsisite.publishing.desk.Desk"
