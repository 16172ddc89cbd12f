"""Who speaks for an organisation: the persons who keep its offers true."""

from django.conf import settings
from django.db import models

from offers.models.organisation import Organisation


class Membership(models.Model):
    """A person at an organisation; `offers/permissions.py` says what that lets her do."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="person",
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="organisation", on_delete=models.CASCADE, related_name="memberships"
    )

    class Meta:
        ordering = ["organisation__sort_key", "pk"]
        verbose_name = "tilknyttet person"
        verbose_name_plural = "tilknyttede personer"
        constraints = [
            models.UniqueConstraint(
                name="membership_is_unique",
                fields=["user", "organisation"],
                violation_error_message="Personen er allerede knyttet til organisationen.",
            )
        ]

    def __str__(self):
        return f"{self.user} – {self.organisation}"
