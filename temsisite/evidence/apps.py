from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "temsisite.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from temsisite.evidence import heaps
        from temsisite.publishing import desk

        desk.register(heaps.due, heaps.doubted, heaps.missing)
