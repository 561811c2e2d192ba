from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "temsisite.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from temsisite.evidence import glossary, heaps
        from temsisite.publishing import desk
        from temsisite.publishing.search.answers import register

        desk.register(heaps.due, heaps.doubted, heaps.missing)
        register(glossary.definition)
