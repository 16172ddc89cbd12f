"""What an offer can be: its status, its way in, its price.

They stand outside the model because its `Meta` cannot see what is inside it, and the database
constraints there must know them too.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """How far the offer is on its way to the public."""

    DRAFT = "kladde", "Kladde"
    IN_REVIEW = "til-godkendelse", "Til godkendelse"
    PUBLISHED = "offentlig", "Offentlig"
    ARCHIVED = "arkiveret", "Arkiveret"


class WayIn(models.TextChoices):
    """What it takes to get in."""

    SELF = "selv", _("Henvend dig selv")
    REFERRAL = "henvisning", _("Du skal henvises")
    DECISION = "afgoerelse", _("Kommunen skal afgøre det")
    UNKNOWN = "ukendt", _("Ikke oplyst")


class Anonymous(models.TextChoices):
    """Whether one may keep one's name to oneself."""

    YES = "ja", _("Du kan være anonym")
    NO = "nej", _("Du skal sige, hvem du er")
    UNKNOWN = "ukendt", _("Ikke oplyst")


class Cost(models.TextChoices):
    """What it costs the person."""

    FREE = "gratis", _("Gratis")
    PAID = "betaling", _("Koster penge")
    BY_INCOME = "indkomst", _("Efter indkomst")
    UNKNOWN = "ukendt", _("Ikke oplyst")
