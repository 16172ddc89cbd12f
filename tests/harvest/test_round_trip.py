"""What leaves by HSDS comes back by it: an export that an empty database imports gives the same export."""

import csv
import json
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from offers.models import (
    Closure,
    ContactPoint,
    Language,
    Municipality,
    Offer,
    OpeningHours,
    Organisation,
    Venue,
)
from tests.harvest.sources import directory, empty, take

pytestmark = pytest.mark.django_db
# What is said of the copy, and not of the service: docs/hsds-import.md.
OWN = {"last_modified"}
CONTACTS = (
    {"kind": "sms", "value": "31 23 45 67", "label": "hele natten"},
    {"kind": "chat", "value": "https://example.dk/chat"},
    {"kind": "web", "value": "https://example.dk/mere", "label": "Læs om stedet"},
)


def exported(client, address="/data/services.ndjson"):
    """Return the services that one can get, without what belongs to the copy."""
    found = [json.loads(line) for line in client.get(address).getvalue().decode().splitlines()]
    return [
        {name: value for name, value in one.items() if name not in OWN}
        for one in found
        if one["status"] != "defunct"
    ]


def listed(client, name):
    """Return all that stands in a list of the API."""
    return [
        json.loads(line)
        for line in client.get(f"/api/hsds/{name}?format=ndjson&full=true").getvalue().decode().splitlines()
    ]


def enrich():
    """Let one offer say all that an offer can."""
    today = timezone.localdate()
    offer = Offer.objects.get(slug="headspace-roskilde")
    Offer.objects.filter(pk=offer.pk).update(
        easy_text="Du kan komme.\nDet er gratis.",
        way_in_note="Ring først.\nKom så.",
        starts_note="Hver mandag",
        way_in="henvisning",
        anonymous="nej",
        cost="indkomst",
        cost_note="Spørg os (det er billigt).",
        is_acute=True,
        min_age=12,
        max_age=25,
        apply_url="https://example.dk/tilmeld",
        closed_on_public_holidays=True,
        description="Et afsnit med <3 og 5 > 4.\n\n- et punkt\n- et til",
    )
    Closure.objects.create(
        offer=offer, starts_on=today + timedelta(1), ends_on=today + timedelta(9), reason="ferie (uge 7)"
    )
    open_it(offer, today)
    for order, contact in enumerate(CONTACTS):
        ContactPoint.objects.create(offer=offer, order=200 + order, **contact)
    offer.languages.set(Language.objects.all()[:3])


def open_it(offer, today):
    """Give an offer hours of every sort."""
    for channel, opens, closes in (("telefon", "00:00", "00:00"), ("chat", "20:00", "02:00")):
        for day in (0, 2, 6):
            OpeningHours.objects.create(
                offer=offer,
                weekday=day,
                channel=channel,
                opens=opens,
                closes=closes,
                note="ikke i juli",
                valid_from=today,
            )
    venue = Venue.objects.create(
        slug="ny",
        name="Huset",
        street="Algade 1",
        postcode="4000",
        city="Roskilde",
        access_note="Ring på",
        municipality=Municipality.objects.get(code="0265"),
        latitude=55.6415,
        longitude=12.0803,
    )
    offer.venues.add(venue)
    OpeningHours.objects.create(
        offer=offer, weekday=5, opens="10:00", closes="11:00", venue=venue, channel="sms"
    )


def test_an_export_that_is_imported_into_an_empty_database_is_the_same(client, settings):
    enrich()
    Offer.objects.filter(slug="boernetelefonen").update(status=Offer.Status.DRAFT)
    Offer.objects.filter(status="offentlig").first().organisation.contact_points.create(
        kind="telefon", value="70 20 12 66", label="omstilling"
    )
    before = exported(client)
    pages = {name: listed(client, name) for name in ("services", "organizations")}
    assert len(before) > 40
    assert len(before) < Offer.objects.count()
    empty()
    assert exported(client) == []
    with directory(pages, settings) as other:
        take(other.base, "--save", "--publish")
    after = exported(client)
    assert [one["id"] for one in after] == [one["id"] for one in before]
    for was, now in zip(before, after, strict=True):
        assert {k: (was.get(k), now.get(k)) for k in was | now if was.get(k) != now.get(k)} == {}
    organisations = {one["id"]: one for one in listed(client, "organizations")}
    for one in pages["organizations"]:
        assert {**organisations[one["id"]], "services": []} == {**one, "services": []}
    assert Offer.objects.count() == len(before), "a draft has come along"


def test_a_file_line_by_line_brings_the_same(client, tmp_path):
    Organisation.objects.update(parent=None)  # one above them all is named by the list of organisations
    before = exported(client)
    path = tmp_path / "services.ndjson"
    path.write_bytes(client.get("/data/services.ndjson").getvalue())
    empty()
    take(path, "--save", "--publish")
    assert exported(client) == before


@pytest.mark.parametrize("name", ["services.json", "services.zip"])
def test_every_other_file_of_all_services_brings_the_same(client, tmp_path, name):
    enrich()
    Organisation.objects.update(parent=None)  # as above
    before = exported(client)
    path = tmp_path / name
    path.write_bytes(client.get(f"/data/{name}").getvalue())
    empty()
    take(path, "--save", "--publish")
    after = exported(client)
    assert [one["id"] for one in after] == [one["id"] for one in before]
    for was, now in zip(before, after, strict=True):
        assert {k: (was.get(k), now.get(k)) for k in was | now if was.get(k) != now.get(k)} == {}
    said = take(path, "--save", "--publish")
    assert "Tilbud: 0 nye, 0 ændrede" in said


def test_taking_it_twice_changes_nothing(client, tmp_path):
    path = tmp_path / "services.ndjson"
    path.write_bytes(client.get("/data/services.ndjson").getvalue())
    empty()
    take(path, "--save", "--publish")
    said = take(path, "--save", "--publish")
    assert "Tilbud: 0 nye, 0 ændrede" in said
    assert "afvist  " not in said


def test_its_own_export_changes_nothing_here(client, tmp_path):
    path = tmp_path / "services.ndjson"
    path.write_bytes(client.get("/data/services.ndjson").getvalue())
    before = exported(client)
    said = take(path, "--save", "--publish")
    assert "Tilbud: 0 nye, 0 ændrede" in said
    assert exported(client) == before


def test_what_is_not_published_comes_as_a_draft_and_does_not_leave_again(client, tmp_path):
    path = tmp_path / "services.ndjson"
    path.write_bytes(client.get("/data/services.ndjson").getvalue())
    count = len(exported(client))
    empty()
    take(path, "--save")
    assert Offer.objects.filter(status=Offer.Status.DRAFT).count() == count
    assert exported(client) == []


TABLES = {
    "services.csv": [{"id": "s1", "organization_id": "o1", "name": "Café", "status": "active",
                      "description": "Kom og drik kaffe.", "minimum_age": "18"}],
    "organizations.csv": [{"id": "o1", "name": "Kaffeklubben", "description": "Forening"}],
    "phones.csv": [{"id": "p1", "service_id": "s1", "number": "70 20 12 66", "type": "voice"}],
    "service_at_locations.csv": [{"id": "a1", "service_id": "s1", "location_id": "l1"}],
    "locations.csv": [{"id": "l1", "name": "Kaffehuset", "location_type": "physical"}],
    "addresses.csv": [{"id": "d1", "location_id": "l1", "address_1": "Algade 1", "city": "Roskilde",
                       "postal_code": "4000", "region": "Roskilde Kommune"}],
    "schedules.csv": [{"id": "t1", "service_at_location_id": "a1", "freq": "WEEKLY", "byday": "MO,TU",
                       "opens_at": "10:00", "closes_at": "12:00"}],
    "attributes.csv": [{"id": "b1", "link_id": "s1", "link_entity": "service", "taxonomy_term_id": "w1"}],
    "taxonomy_terms.csv": [{"id": "w1", "name": "Ensom", "description": "At være alene."}],
}  # fmt: skip


@pytest.mark.parametrize("is_packed", [True, False])
def test_a_package_of_tables_is_read(tmp_path, is_packed):
    for name, rows in TABLES.items():
        with (tmp_path / name).open("w", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    source = tmp_path / "services.csv"
    if is_packed:
        source = tmp_path / "pakke.zip"
        with zipfile.ZipFile(source, "w") as packed:
            for name in TABLES:
                packed.write(tmp_path / name, name)
    take(source, "--save")
    offer = Offer.objects.get(title="Café")
    assert (offer.organisation.name, offer.min_age) == ("Kaffeklubben", 18)
    assert offer.contact_points.get().value == "70 20 12 66"
    venue = offer.venues.get()
    assert (venue.street, venue.municipality.code) == ("Algade 1", "0265")
    assert [(one.weekday, one.venue) for one in offer.opening_hours.all()] == [(0, venue), (1, venue)]
    assert offer.needs.get().name == "Ensom"
