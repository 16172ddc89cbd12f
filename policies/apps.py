"""What the council wants, and who carries it out."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """Policies, goals, initiatives, committees and the library of documents."""

    name = "policies"
    verbose_name = "Politikker og udvalg"
