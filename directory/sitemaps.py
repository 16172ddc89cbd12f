"""The map for search engines: every public page that may stand in their lists."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from offers.models import Offer
from policies.models import Committee, Initiative, Policy, Sdg

# The lists stand here without a question; with one they say `noindex`.
PAGES = (
    "offers:front",
    "offers:list",
    "offers:shortlist",
    "offers:acute",
    "policies:search",
    "offers:overview",
    "policies:policies",
    "policies:committees",
    "policies:calendar",
    "policies:sdgs",
    "policies:library",
    "policies:ideas",
    "data",
    "data-api",
    "data-hsds",
    "offers:embed",
    "about",
    "privacy",
    "accessibility",
)


class PublicMap(Sitemap):
    """Addresses under `BASE_URL`, whatever host the map was asked for at."""

    def get_protocol(self, protocol: str | None = None) -> str:
        """Return how the public reaches the site: http or https."""
        return urlsplit(settings.BASE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        """Return the host that the public uses."""
        return urlsplit(settings.BASE_URL).netloc


class PageMap(PublicMap):
    """Pages of which there is one each."""

    def items(self) -> tuple[str, ...]:
        """Return the names of their addresses."""
        return PAGES

    def location(self, item: str) -> str:
        """Return the path of the page with that name."""
        return reverse(item)


class OfferMap(PublicMap):
    """The offers that the public may see today."""

    def items(self) -> QuerySet[Offer]:
        """Return them in a steady order."""
        return Offer.objects.published().order_by("pk")

    def lastmod(self, item: Offer) -> datetime:
        """Return when the offer's own row was last saved; what hangs on it has no date."""
        return item.updated_at


class RowMap(PublicMap):
    """All rows of one model, each with its page; they do not know when they were changed."""

    def __init__(self, model: Any):
        """Keep the model."""
        self.model = model

    def items(self) -> QuerySet:
        """Return them in a steady order."""
        return self.model.objects.order_by("pk")


MAPS = {"sider": PageMap, "tilbud": OfferMap} | {
    model._meta.model_name: RowMap(model) for model in (Policy, Initiative, Committee, Sdg)
}
