from django.apps import AppConfig


class DrugsConfig(AppConfig):
    name = "drugs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from drugs.as_of import approved_by_a_year
        from temsisite.publishing.search.answers import register

        register(approved_by_a_year)
