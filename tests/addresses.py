"""Every public address of the site, worked out from the data."""

from collections.abc import Iterator

from django.urls import reverse

from offers.models import Offer
from policies.models import Committee, Initiative, Policy, Sdg

LISTS = (
    "offers:front",
    "offers:list",
    "offers:acute",
    "offers:overview",
    "offers:shortlist",
    "offers:compare",
    "policies:search",
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
    "offers:embed-box",
    "offers:embed-list",
    "about",
    "privacy",
    "accessibility",
)


def public_addresses() -> Iterator[str]:
    """Yield the address of every page that anybody may read."""
    yield from (reverse(name) for name in LISTS)
    for row in Offer.objects.published():
        yield row.get_absolute_url()
        yield reverse("offers:poster", args=[row.slug])
    for model in (Policy, Initiative, Committee, Sdg):
        for row in model.objects.all():
            yield row.get_absolute_url()
