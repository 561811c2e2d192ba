from django.apps import AppConfig


class TrialsConfig(AppConfig):
    name = "trials"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from drugs import timelines
        from drugs.models import Disease, Drug
        from drugs.sections import register
        from temsisite.publishing import desk
        from temsisite.publishing.heaps import unfinished
        from trials.combinations import combinations_of_drug
        from trials.heaps import begun_tables
        from trials.pictures import shares_of_disease, shares_of_drug
        from trials.presenters import trials_of_disease, trials_of_drug
        from trials.timelines import trial_events

        for presenter in (trials_of_drug, shares_of_drug, combinations_of_drug):
            register(Drug, presenter)
        for presenter in (trials_of_disease, shares_of_disease):
            register(Disease, presenter)
        timelines.register(trial_events)
        desk.register(begun_tables, after=unfinished)
