"""What stands on a page of results."""

from offers.models import Offer


def offers_on(response) -> list[Offer]:
    """Return the offers of a page of results, the first one first."""
    return [Offer.objects.get(pk=hit.card.pk) for hit in response.context["hits"]]
