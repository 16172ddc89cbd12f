"""What happens next with an offer on its way to the public, and who sees what meanwhile, in Danish."""

from django.utils import timezone
from django.utils.formats import date_format

from offers.models import Offer, WorkingCopy

Status = Offer.Status
WAITS = (
    "Nu venter {what} på en godkender. Du skal ikke gøre mere. "
    "Bliver den sendt tilbage, står det på din forside, og her står hvorfor."
)
RETURNED = "{what} er sendt tilbage. Læs beskeden, ret det, og send det til godkendelse igen."
OLD_ONE = "Borgerne ser den gamle imens. Kun I, der arbejder med tilbuddet her, ser den nye."
HIDDEN = "Borgerne kan ikke se tilbuddet imens. Kun I, der arbejder med det her, kan."


def next_of(offer: Offer, copy: WorkingCopy | None, decides: bool) -> list[str]:
    """Return what is next, and what citizens see; `decides` is whether the reader may approve it."""
    if copy:
        return [_of_copy(copy, decides), OLD_ONE]
    if offer.status == Status.PUBLISHED:
        return [_window(offer)]
    if offer.status == Status.ARCHIVED:
        return ["Borgerne kan ikke se tilbuddet. Skal det bruges igen, så hent det frem som kladde."]
    if offer.status == Status.DRAFT:
        return ["Send kladden til godkendelse, når den er klar.", HIDDEN]
    if decides:
        return ["Læs tilbuddet. Godkender du, kan borgerne se det med det samme.", HIDDEN]
    return [WAITS.format(what="kladden"), HIDDEN]


def _of_copy(copy: WorkingCopy, decides: bool) -> str:
    """Return what is to be done with a new version of a public offer."""
    if copy.status == Status.IN_REVIEW:
        return (
            "Læs, hvad den nye udgave ændrer. Godkender du, ser borgerne den med det samme."
            if decides
            else WAITS.format(what="den nye udgave")
        )
    if copy.note:
        return RETURNED.format(what="Den nye udgave")
    return "Send den nye udgave til godkendelse, når den er klar."


def _window(offer: Offer) -> str:
    """Return whether citizens see a public offer today, and why not."""
    today = timezone.localdate()
    if offer.publish_from and offer.publish_from > today:
        return f"Tilbuddet er godkendt. Borgerne ser det fra {date_format(offer.publish_from)}."
    if offer.publish_until and offer.publish_until < today:
        return f"Borgerne ser ikke tilbuddet mere: det blev vist til {date_format(offer.publish_until)}."
    return "Borgerne ser tilbuddet, som det står nu."
