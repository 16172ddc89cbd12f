"""What an offer can be: its status, its way in, its price.

They stand outside the model because its `Meta` cannot see what is inside it, and the database
constraints there must know them too.
"""

from django.db import models


class Status(models.TextChoices):
    """How far the offer is on its way to the public."""

    DRAFT = "kladde", "Kladde"
    IN_REVIEW = "til-godkendelse", "Til godkendelse"
    PUBLISHED = "offentlig", "Offentlig"
    ARCHIVED = "arkiveret", "Arkiveret"


class WayIn(models.TextChoices):
    """What it takes to get in."""

    SELF = "selv", "Henvend dig selv"
    REFERRAL = "henvisning", "Du skal henvises"
    DECISION = "afgoerelse", "Kommunen skal afgøre det"
    UNKNOWN = "ukendt", "Ikke oplyst"


class Anonymous(models.TextChoices):
    """Whether one may keep one's name to oneself."""

    YES = "ja", "Du kan være anonym"
    NO = "nej", "Du skal sige, hvem du er"
    UNKNOWN = "ukendt", "Ikke oplyst"


class Cost(models.TextChoices):
    """What it costs the person."""

    FREE = "gratis", "Gratis"
    PAID = "betaling", "Koster penge"
    BY_INCOME = "indkomst", "Efter indkomst"
    UNKNOWN = "ukendt", "Ikke oplyst"
