"""The wiring of the site: settings, addresses, health. It has no models and no pages of its own."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Registers the site's own management commands."""

    name = "directory"
