"""The wiring of the site: settings, addresses, health, and the pages about the site. It has no models."""

from importlib import import_module

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Registers the site's own management commands and checks."""

    name = "directory"

    def ready(self):
        """Register the checks."""
        # Importing registers them with Django; it reads models, which are not there before now.
        import_module("directory.people.checks")
