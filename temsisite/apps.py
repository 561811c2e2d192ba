from django.apps import AppConfig


class TemsisiteConfig(AppConfig):
    """The roof: pages that belong to no single app, static files and the seed."""

    name = "temsisite"
