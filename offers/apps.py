"""What help one can get, and how one finds it."""

from django.apps import AppConfig


class OffersConfig(AppConfig):
    """Offers, the organisations behind them and the words people look for them with."""

    name = "offers"
    verbose_name = "Tilbud"
