from django.apps import AppConfig


class TrialsConfig(AppConfig):
    name = "trials"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from drugs.models import Disease, Drug
        from drugs.sections import register
        from trials.presenters import trials_of_disease, trials_of_drug

        register(Drug, trials_of_drug)
        register(Disease, trials_of_disease)
