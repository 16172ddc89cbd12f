"""What is not for the public leaves by no outlet: planted secrets are looked for in every one there is."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from offers.models import (
    ContactPoint,
    Feedback,
    LegalBasis,
    Offer,
    OpeningHours,
    Organisation,
    StartDate,
    Venue,
)
from policies.models import Committee, Delivery, Initiative, Meeting
from tests.api.outlets import NAIVE, OUTLETS, addresses, route_of, routes, told, values

pytestmark = pytest.mark.django_db

SECRETS = (
    *("HEMMELIGNOTE", "Skjulevej", "Skjulested", "55.612345", "SKJULTTILBUD", "SKJULTENHED", "JURANOTE"),
    *("UDLØBETTEKST", "FORLÆNGSTFORBI", "Skjultesen", "HEMMELIGRAPPORT", "hemmelig.ejer", "HEMMELIGBRUGER"),
)


@pytest.fixture
def secrets():
    """Plant what nobody outside may know, where it stands beside what everybody may."""
    shelter = Offer.objects.get(slug="headspace-roskilde")
    Offer.objects.filter(pk=shelter.pk).update(internal_note="HEMMELIGNOTE")
    hidden = Venue.objects.create(
        slug="skjul", name="Skjulested", street="Skjulevej 7", postcode="4321", city="Roskilde",
        latitude=55.612345, longitude=12.1, access_note="Skjulevej, bagindgangen", confidential=True,
        municipality_id=shelter.municipalities.first().pk,
    )  # fmt: skip
    shelter.venues.add(hidden)
    OpeningHours.objects.create(offer=shelter, weekday=5, opens="10:00", closes="12:00", venue=hidden)
    law = LegalBasis.objects.first()
    LegalBasis.objects.filter(pk=law.pk).update(note="JURANOTE")
    shelter.legal_bases.add(law)
    unit = Organisation.objects.create(slug="skjult", name="SKJULTENHED", kind="forening")
    texts = {"title": "SKJULTTILBUD", "summary": "SKJULTTILBUD", "organisation": unit}
    for status in (Offer.Status.DRAFT, Offer.Status.IN_REVIEW, Offer.Status.ARCHIVED):
        offer = Offer.objects.create(slug=f"skjult-{status}", status=status, **texts)
        offer.needs.set(shelter.needs.all())
        ContactPoint.objects.create(offer=offer, kind="telefon", value="70 20 12 66", label="SKJULTTILBUD")
        Delivery.objects.create(initiative=Initiative.objects.first(), offer=offer, reason="SKJULTTILBUD")
    Offer.objects.create(
        slug="skjult-senere", status=Offer.Status.PUBLISHED, publish_from="2999-01-01", **texts
    )
    StartDate.objects.create(offer=shelter, starts_on=timezone.localdate())
    Meeting.objects.create(committee=Committee.objects.first(), held_on=timezone.localdate())
    expired(shelter)
    behind_the_desk(shelter)
    return unit


def expired(offer):
    """Plant an offer whose time is just over, of which no more than the name is told, and one long gone."""
    today = timezone.localdate()
    for slug, title, days in (("forbi", "Forbi", 2), ("laenge-forbi", "FORLÆNGSTFORBI", 400)):
        over = Offer.objects.create(
            slug=slug, code=slug, title=title, summary="UDLØBETTEKST", description="UDLØBETTEKST",
            organisation=offer.organisation, status=Offer.Status.PUBLISHED, is_acute=True,
            publish_until=today - timedelta(days=days),
        )  # fmt: skip
        over.needs.set(offer.needs.all())
        ContactPoint.objects.create(offer=over, kind="telefon", value="70 20 12 66", label="UDLØBETTEKST")


def behind_the_desk(offer):
    """Plant persons who have not said yes to standing there, and what only the editors read."""
    acute = Offer.objects.published().acute().first()
    for owner in ({"offer": offer}, {"offer": acute}, {"organisation": offer.organisation}):
        ContactPoint.objects.create(kind="e-mail", value="anne.skjultesen@example.org", order=1, **owner)
        ContactPoint.objects.create(
            kind="telefon", value="70 20 12 66", label="Anne Skjultesen", order=1, **owner
        )
    Organisation.objects.filter(pk=offer.organisation_id).update(upkeep_email="hemmelig.ejer@example.org")
    user = get_user_model().objects.create_user("hemmeligbruger", first_name="HEMMELIGBRUGER")
    Feedback.objects.create(offer=offer, kind="andet", text="HEMMELIGRAPPORT", assigned_to=user)


def holds_null(value):
    """Whether null stands anywhere in a value."""
    if isinstance(value, dict):
        return any(map(holds_null, value.values()))
    return any(map(holds_null, value)) if isinstance(value, list) else value is None


def test_no_outlet_tells_a_secret_or_null_or_a_moment_of_no_zone(visitor, secrets):
    walked, faults = set(), []
    for address in addresses(visitor):
        text = told(visitor, address)
        walked.add(route_of(address))
        faults += [(address, secret) for secret in SECRETS if secret.lower() in text.lower()]
        faults += [(address, "null") for value in values(address, text) if holds_null(value)]
        faults += [(address, moment[0]) for moment in NAIVE.finditer(text)]
    assert faults == []
    assert set(routes()) - walked == set()


def test_the_walk_would_find_what_is_planted(visitor, secrets):
    Offer.objects.filter(slug="headspace-roskilde").update(description="HEMMELIGNOTE 2026-01-01T10:00:00")
    for address in OUTLETS:
        if "services?" in address or address.startswith("/data/services"):
            text = told(visitor, address)
            fuller = "minimal" not in address and "search" not in address
            assert ("HEMMELIGNOTE" in text) == fuller, address
            assert bool(NAIVE.search(text)) == fuller, address
    assert "HEMMELIGNOTE" not in told(visitor, "/data/SHA256SUMS")


def test_a_secret_is_not_to_be_had_by_its_id_either(visitor, secrets):
    hidden = Offer.objects.filter(organisation=secrets)
    assert hidden.count() == 4
    for offer in hidden:
        assert visitor.get(f"/api/hsds/services/{offer.uuid}").status_code == 404
        assert visitor.get(f"/api/hsds/services?organization_id={secrets.uuid}").json()["empty"]
    assert visitor.get(f"/api/hsds/organizations/{secrets.uuid}").status_code == 404


def test_a_place_that_becomes_confidential_is_gone_at_once(visitor, secrets):
    place = Venue.objects.filter(confidential=False, offers__isnull=False).first()
    address = "/api/hsds/service_at_locations?search=&full=true"
    etag = visitor.get(address).headers["ETag"]
    Venue.objects.filter(pk=place.pk).update(confidential=True)
    response = visitor.get(address, headers={"If-None-Match": etag})
    assert response.status_code == 200
    assert str(place.uuid) not in response.content.decode()
