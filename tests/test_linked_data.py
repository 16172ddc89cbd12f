"""What an offer's page tells machines: types and properties of schema.org, true, and never confidential."""

import json
import re
from datetime import date, time

import pytest
from django.utils import timezone

from offers.hsds import terms
from offers.linked_data import script
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
from tests.conftest import LINKED_DATA

pytestmark = pytest.mark.django_db

# What may stand behind a property, by schema.org: types of ours, or the form of a text or a number.
TEXT, URL = r"(?s)\S.*", r"(https?://[!-~]+|mailto:[!-~]+)"
TIME, DAY = r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d", r"\d{4}-\d\d-\d\d"
WEEKDAY = r"https://schema\.org/(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
THING = {"@id": URL, "name": TEXT, "url": URL, "description": TEXT, "sameAs": URL, "identifier": TEXT}
SERVICE = THING | {
    "@context": r"https://schema\.org",
    "serviceType": TEXT,
    "provider": {"Organization", "NGO", "GovernmentOrganization"},
    "areaServed": {"AdministrativeArea", "Country"},
    "audience": {"PeopleAudience"},
    "availableChannel": {"ServiceChannel"},
    "hoursAvailable": {"OpeningHoursSpecification"},
    "offers": {"Offer"},
    "mainEntityOfPage": {"WebPage"},
}
ORGANISATION = THING | {"parentOrganization": {"Organization"}}
# What schema.org lets a type say, of what we use.
PROPERTIES = {
    "Service": SERVICE,
    "GovernmentService": SERVICE,
    "Organization": ORGANISATION,
    "NGO": ORGANISATION,
    "GovernmentOrganization": ORGANISATION,
    "AdministrativeArea": THING,
    "Country": THING,
    "PeopleAudience": {"audienceType": TEXT, "suggestedMinAge": int, "suggestedMaxAge": int},
    "ServiceChannel": {
        "name": TEXT,
        "servicePhone": {"ContactPoint"},
        "serviceSmsNumber": {"ContactPoint"},
        "serviceUrl": URL,
        "serviceLocation": {"Place"},
        "availableLanguage": r"[a-z]{2,3}",
    },
    "WebPage": {"@id": URL, "inLanguage": "da"},
    "ContactPoint": {"telephone": r"[+0-9][0-9 ]+", "name": TEXT},
    "Place": {"name": TEXT, "address": {"PostalAddress"}, "geo": {"GeoCoordinates"}},
    "PostalAddress": dict.fromkeys(("streetAddress", "addressLocality", "addressRegion"), TEXT)
    | {"postalCode": r"\d{4}", "addressCountry": "DK"},
    "GeoCoordinates": {"latitude": float, "longitude": float},
    "OpeningHoursSpecification": {
        "description": TEXT,
        "dayOfWeek": WEEKDAY,
        "opens": TIME,
        "closes": TIME,
        "validFrom": DAY,
        "validThrough": DAY,
    },
    "Offer": {"price": r"\d+", "priceCurrency": "DKK"},
}


def assert_shape(node):
    """Fail on a type, a property or a value that schema.org does not know here, and on what is empty."""
    known = PROPERTIES[node["@type"]]
    assert len(node) > 1
    for name, value in node.items():
        if name == "@type":
            continue
        several = value if isinstance(value, list) else [value]
        assert several
        assert len(several) > 1 or value is several[0]
        for each in several:
            assert_fits(each, known[name])


def assert_fits(value, expected):
    """Fail unless a value is as the table says."""
    if isinstance(expected, str):
        assert re.fullmatch(expected, value), value
    elif isinstance(expected, set):
        assert value["@type"] in expected
        assert_shape(value)
    else:
        assert type(value) is expected, value


def told(offer):
    """Return what the page of `offer` tells, as loaded for it."""
    today = timezone.localdate()
    loaded = Offer.objects.for_page().get(pk=offer.pk)
    return json.loads(script(loaded, [row for row in loaded.closures.all() if row.ends_on >= today]))


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
            municipality=Municipality.objects.get(code="0265"),
        )
    )
    for kind, value in (("telefon", "116 111"), ("sms", "40 40 40 40"), ("e-mail", "hus@example.org")):
        ContactPoint.objects.create(offer=offer, kind=kind, value=value)
    return offer


def test_every_offer_has_a_shape_that_schema_org_knows(visitor):
    for offer in Offer.objects.published():
        data = told(offer)
        assert_shape(data)
        assert {"name", "description", "provider", "areaServed", "url"} <= set(data)


def test_the_texts_are_danish_on_english_pages_too_and_channels_name_what_is_spoken(visitor, offer):
    for slug, name in (("en", "Engelsk"), ("ar", "Arabisk")):
        offer.languages.add(Language.objects.get_or_create(slug=slug, defaults={"name": name})[0])
    pages = [visitor.get(f"{prefix}/tilbud/proeve/").content.decode() for prefix in ("", "/en")]
    danish, english = (json.loads(LINKED_DATA.search(page)[1]) for page in pages)
    assert english == danish
    assert danish["mainEntityOfPage"]["inLanguage"] == "da"
    assert danish["mainEntityOfPage"]["@id"].endswith("/tilbud/proeve/")
    for channel in danish["availableChannel"]:
        assert sorted(channel["availableLanguage"]) == ["ar", "en"]
    offer.languages.clear()
    assert "availableLanguage" not in json.dumps(told(offer))


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
    organisation = terms.address("organizations", offer.organisation.uuid)
    assert data["provider"]["@id"] == organisation
    assert phone["servicePhone"]["telephone"] == "116 111"
    assert sms["serviceSmsNumber"]["telephone"] == "40 40 40 40"
    assert mail["serviceUrl"] == "mailto:hus@example.org"
    assert place["serviceLocation"]["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "Vej 1",
        "postalCode": "4000",
        "addressLocality": "Roskilde",
        "addressRegion": "Region Sjælland",
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
    expected = {"@context", "@type", "@id", "url", "mainEntityOfPage", "name", "description"}
    assert set(data) == expected | {"provider", "areaServed"}
    assert (data["@type"], data["provider"]["@type"]) == ("Service", "NGO")
    assert data["areaServed"]["name"] == "Danmark"


@pytest.mark.parametrize(
    ("opens", "closes", "told_opens", "told_closes"),
    [
        (time(9, 30), time(15), "09:30:00", "15:00:00"),
        (time(22), time(2), "22:00:00", "02:00:00"),  # closes the day after
        (time(16), time(0), "16:00:00", "00:00:00"),
        (time(0), time(0), "00:00:00", "23:59:00"),
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
    assert hours["opens"] == "09:00:00"
    assert (closed["opens"], closed["closes"], closed["validFrom"]) == ("00:00:00", "00:00:00", f"{today}")


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


def test_it_is_the_same_in_the_page_of_every_language(visitor, offer):
    pages = [visitor.get(f"{prefix}{offer.get_absolute_url()}") for prefix in ("", "/en")]
    danish, english = [json.loads(LINKED_DATA.findall(page.content.decode())[0]) for page in pages]
    assert danish == english
