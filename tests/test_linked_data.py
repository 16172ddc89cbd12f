"""What an offer's page tells machines: types and properties of schema.org, true, and never confidential."""

import json
from datetime import date, time

import pytest
from django.utils import timezone

from offers.linked_data import linked_data, script
from offers.models import Closure, ContactPoint, Municipality, Offer, OpeningHours, Organisation, Venue
from tests.conftest import LINKED_DATA

pytestmark = pytest.mark.django_db

SERVICE = {
    *("@context", "@id", "url", "name", "description", "serviceType", "sameAs", "provider", "areaServed"),
    *("audience", "availableChannel", "hoursAvailable", "offers"),
}
ORGANISATION = {"name", "url", "parentOrganization"}
# What schema.org lets a type say, of what we use.
PROPERTIES = {
    "Service": SERVICE,
    "GovernmentService": SERVICE,
    "Organization": ORGANISATION,
    "NGO": ORGANISATION,
    "GovernmentOrganization": ORGANISATION,
    "AdministrativeArea": {"name", "identifier"},
    "Country": {"name", "identifier"},
    "PeopleAudience": {"audienceType", "suggestedMinAge", "suggestedMaxAge"},
    "ServiceChannel": {"name", "servicePhone", "serviceSmsNumber", "serviceUrl", "serviceLocation"},
    "ContactPoint": {"telephone", "name"},
    "Place": {"name", "address", "geo"},
    "PostalAddress": {"streetAddress", "postalCode", "addressLocality", "addressCountry"},
    "GeoCoordinates": {"latitude", "longitude"},
    "OpeningHoursSpecification": {
        *("description", "dayOfWeek", "opens", "closes", "validFrom", "validThrough")
    },
    "Offer": {"price", "priceCurrency"},
}


def assert_shape(node):
    """Fail on a type or a property that schema.org does not know here, and on anything that is empty."""
    if isinstance(node, list):
        assert len(node) > 1
        for part in node:
            assert_shape(part)
    elif isinstance(node, dict):
        assert set(node) - {"@type"} <= PROPERTIES[node["@type"]], node
        assert len(node) > 1
        for value in node.values():
            assert_shape(value)
    else:
        assert node is not False
        assert node not in ("", None)


def told(offer):
    """Return what the page of `offer` tells, as loaded for it."""
    today = timezone.localdate()
    loaded = Offer.objects.for_page().get(pk=offer.pk)
    return linked_data(loaded, [row for row in loaded.closures.all() if row.ends_on >= today])


@pytest.fixture
def offer():
    """Return an offer with a little of everything."""
    offer = Offer.objects.create(
        slug="proeve",
        title="Prøve",
        summary="Kort fortalt.",
        organisation=Organisation.objects.get(slug="roskilde-kommune"),
        status=Offer.Status.PUBLISHED,
        min_age=0,
        max_age=17,
        cost=Offer.Cost.FREE,
    )
    offer.municipalities.add(Municipality.objects.get(code="0265"))
    offer.venues.add(
        Venue.objects.create(
            slug="huset",
            name="Huset",
            street="Vej 1",
            postcode="4000",
            city="Roskilde",
            latitude=55.5,
            longitude=12.25,
        )
    )
    for kind, value in (("telefon", "116 111"), ("sms", "40 40 40 40"), ("e-mail", "hus@example.org")):
        ContactPoint.objects.create(offer=offer, kind=kind, value=value)
    return offer


def test_every_offer_has_a_shape_that_schema_org_knows(visitor):
    for offer in Offer.objects.published().for_page():
        data = linked_data(offer, offer.closures.all())
        assert_shape(data)
        assert {"name", "description", "provider", "areaServed", "url"} <= set(data)


def test_it_says_who_for_whom_where_and_that_it_is_free(offer):
    data = told(offer)
    assert_shape(data)
    assert data["@type"] == "GovernmentService"
    assert data["provider"]["name"] == "Roskilde Kommune"
    assert data["areaServed"] == {
        "@type": "AdministrativeArea",
        "name": "Roskilde Kommune",
        "identifier": "0265",
    }
    assert data["audience"] == {"@type": "PeopleAudience", "suggestedMinAge": 0, "suggestedMaxAge": 17}
    assert data["offers"] == {"@type": "Offer", "price": "0", "priceCurrency": "DKK"}
    phone, sms, mail, place = data["availableChannel"]
    assert phone["servicePhone"]["telephone"] == "116 111"
    assert sms["serviceSmsNumber"]["telephone"] == "40 40 40 40"
    assert mail["serviceUrl"] == "mailto:hus@example.org"
    assert place["serviceLocation"]["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "Vej 1",
        "postalCode": "4000",
        "addressLocality": "Roskilde",
        "addressCountry": "DK",
    }


def test_what_nobody_knows_is_not_told(offer):
    Offer.objects.filter(pk=offer.pk).update(cost="ukendt", min_age=None, max_age=None)
    offer.contact_points.all().delete()
    offer.venues.clear()
    offer.municipalities.clear()
    offer.organisation = Organisation.objects.create(slug="forening", name="Forening", kind="forening")
    offer.save(update_fields=["organisation", "revision"])
    data = told(offer)
    assert set(data) == {"@context", "@type", "@id", "url", "name", "description", "provider", "areaServed"}
    assert (data["@type"], data["provider"]["@type"]) == ("Service", "NGO")
    assert data["areaServed"]["name"] == "Danmark"


@pytest.mark.parametrize(
    ("opens", "closes", "told_opens", "told_closes"),
    [
        (time(9, 30), time(15), "09:30", "15:00"),
        (time(22), time(2), "22:00", "02:00"),  # closes the day after
        (time(16), time(0), "16:00", "00:00"),
        (time(0), time(0), "00:00", "23:59"),
    ],
)
def test_hours_are_told_over_midnight_and_with_their_season(offer, opens, closes, told_opens, told_closes):
    season = {"valid_from": date(2026, 6, 1), "valid_until": date(2026, 8, 31)}
    OpeningHours.objects.create(offer=offer, weekday=6, opens=opens, closes=closes, **season)
    assert told(offer)["hoursAvailable"] == {
        "@type": "OpeningHoursSpecification",
        "description": "Fremmøde",
        "dayOfWeek": "https://schema.org/Sunday",
        "opens": told_opens,
        "closes": told_closes,
        "validFrom": "2026-06-01",
        "validThrough": "2026-08-31",
    }


def test_days_that_are_closed_are_told(offer):
    today = timezone.localdate()
    OpeningHours.objects.create(offer=offer, weekday=0, opens=time(9), closes=time(15))
    Closure.objects.create(offer=offer, starts_on=today, ends_on=today, reason="Personaledag")
    Closure.objects.create(offer=offer, starts_on=date(2020, 1, 1), ends_on=date(2020, 1, 2))
    hours, closed = told(offer)["hoursAvailable"]
    assert hours["opens"] == "09:00"
    assert (closed["opens"], closed["closes"], closed["validFrom"]) == ("00:00", "00:00", f"{today}")


def test_a_confidential_place_is_not_told(offer):
    OpeningHours.objects.create(
        offer=offer, weekday=0, opens=time(9), closes=time(15), venue=offer.venues.get()
    )
    offer.venues.update(confidential=True)
    text = str(script(Offer.objects.for_page().get(pk=offer.pk)))
    for secret in ("Huset", "Vej 1", "4000", "55.5", "serviceLocation"):
        assert secret not in text


def test_no_text_ends_the_element_it_stands_in(visitor, offer):
    title = 'Te & "kage"</script><script>alert(1)</script><!-- \u2028'
    Offer.objects.filter(pk=offer.pk).update(title=title)
    [text] = LINKED_DATA.findall(visitor.get(offer.get_absolute_url()).content.decode())
    assert json.loads(text)["name"] == title
