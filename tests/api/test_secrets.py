"""What is not for the public leaves by no outlet: planted secrets are looked for in every one there is."""

import re

import pytest

from offers.models import ContactPoint, LegalBasis, Offer, OpeningHours, Organisation, Venue
from policies.models import Delivery, Initiative
from tests.addresses import public_addresses

pytestmark = pytest.mark.django_db

SECRETS = ("HEMMELIGNOTE", "Skjulevej", "Skjulested", "SKJULTTILBUD", "SKJULTENHED", "JURANOTE")
# All addresses that tell of offers to machines, with what makes them tell most.
OUTLETS = (
    "/api/hsds",
    "/api/hsds/openapi.json",
    "/api/hsds/services?per_page=100",
    "/api/hsds/services?per_page=100&full=true",
    "/api/hsds/services?format=ndjson&full=true",
    "/api/hsds/services?minimal=true&per_page=100",
    "/api/hsds/services?search=skjul",
    "/api/hsds/organizations?per_page=100&full=true&full_service=true",
    "/api/hsds/organizations?format=ndjson&full_service=true",
    "/api/hsds/service_at_locations?per_page=100&full=true",
    "/api/hsds/service_at_locations?format=ndjson&full=true",
    "/api/hsds/service_at_locations?postcode=4321",
    "/api/hsds/taxonomies",
    "/api/hsds/taxonomy_terms?per_page=100",
    "/api/hsds/taxonomy_terms?format=ndjson",
    "/api/politikker/initiatives?per_page=100",
    "/data/services.ndjson",
    "/data/tilbud.csv",
    "/tilbud/nyt.atom",
    "/tilbud/nyt.json?q=skjul",
    "/tilbud/nyt.json",
    "/tilbud/opstart.ics",
    "/sitemap.xml",
)
LISTS = ("services", "organizations", "service_at_locations")


@pytest.fixture
def secrets():
    """Plant what nobody outside may know, where it stands beside what everybody may."""
    shelter = Offer.objects.get(slug="headspace-roskilde")
    Offer.objects.filter(pk=shelter.pk).update(internal_note="HEMMELIGNOTE")
    hidden = Venue.objects.create(
        slug="skjul", name="Skjulested", street="Skjulevej 7", postcode="4321", city="Roskilde",
        latitude=55.6, longitude=12.1, access_note="Skjulevej, bagindgangen", confidential=True,
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
    return unit


def told(visitor, address):
    """Return all that an address tells."""
    response = visitor.get(address)
    assert response.status_code == 200, address
    return response.getvalue().decode()


def of_each(visitor, name):
    """Yield the address of each item of a list."""
    for line in told(visitor, f"/api/hsds/{name}?format=ndjson").splitlines():
        yield f"/api/hsds/{name}/{re.search('[0-9a-f-]{36}', line)[0]}"


def assert_no_secret(text, address):
    found = [secret for secret in SECRETS if secret.lower() in text.lower()]
    assert found == [], address


@pytest.mark.parametrize("address", OUTLETS)
def test_an_outlet_keeps_the_secrets(visitor, secrets, address):
    text = told(visitor, address)
    assert len(text) > 30
    assert_no_secret(text, address)


@pytest.mark.parametrize("name", LISTS)
def test_each_single_thing_keeps_the_secrets(visitor, secrets, name):
    addresses = list(of_each(visitor, name))
    assert addresses
    for address in addresses:
        assert_no_secret(told(visitor, address), address)


def test_every_page_keeps_the_secrets(visitor, secrets):
    for address in public_addresses():
        assert_no_secret(told(visitor, address), address)


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
