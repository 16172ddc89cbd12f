"""The wiring of the site: settings, addresses, health, and the pages about the site. It has no models."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Registers the site's own management commands."""

    name = "directory"
