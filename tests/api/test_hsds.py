"""/api/hsds: true to HSDS 3.2 and to our own OpenAPI file, whatever is asked."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from offers.hsds import rows, said
from offers.hsds.api import API
from offers.models import Closure, ContactPoint, Need, Offer, Organisation, Venue
from tests.api.answers import assert_fits, ids, without_emptiness
from tests.lists import offers_on

pytestmark = pytest.mark.django_db

BASE = "/api/hsds"
LISTS = {
    "services": ("Services", "Service"),
    "organizations": ("Organizations", "Organization"),
    "service_at_locations": ("ServiceAtLocations", "ServiceAtLocation"),
    "taxonomies": ("Taxonomies", "Taxonomy"),
    "taxonomy_terms": ("TaxonomyTerms", "TaxonomyTerm"),
}
FULL = "/api/hsds/services?per_page=100&full=true"


@pytest.fixture
def get(visitor):
    """Return what asks the API, and reads its answer."""

    def ask(path, **query):
        response = visitor.get(f"{BASE}/{path}", query)
        assert response.status_code == 200, response.content
        return response.json()

    return ask


@pytest.fixture
def offer():
    """Return a public offer with a need and a venue."""
    offer = Offer.objects.get(slug="headspace-roskilde")
    venue = Venue.objects.create(
        slug="prøvehus",
        name="Prøvehuset",
        street="Prøvevej 1",
        postcode="4000",
        city="Roskilde",
        municipality_id=offer.municipalities.first().pk,
        latitude=55.64,
        longitude=12.08,
    )
    offer.venues.set([venue])
    return offer


def test_the_start_says_what_it_is_and_where_it_is_explained(get, visitor):
    told = get("")
    assert_fits(API, "getRoot", told)
    assert told["version"] == "3.2"
    for name in ("profile", "openapi_url", "data_guide"):
        assert visitor.get(told[name].removeprefix("http://127.0.0.1:8000")).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_each_list_is_as_the_openapi_file_says_and_gives_everything_once(get, offer, name):
    several, single = LISTS[name]
    first = get(name, per_page=9)
    assert_fits(API, f"list{several}", first)
    assert without_emptiness(first)
    found = ids(first)
    for page in range(2, first["total_pages"] + 1):
        found += ids(get(name, per_page=9, page=page))
    assert len(found) == len(set(found)) == first["total_items"] > 0
    for key in found[:5]:
        alone = get(f"{name}/{key}")
        assert alone["id"] == key
        assert_fits(API, f"get{single}", alone)
        assert without_emptiness(alone)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_line_by_line_is_the_same_list(visitor, get, offer, name):
    response = visitor.get(f"{BASE}/{name}?format=ndjson")
    assert response.headers["Content-Type"] == "application/x-ndjson"
    lines = [json.loads(line) for line in response.getvalue().splitlines()]
    assert lines == get(name, per_page=100)["contents"] + (
        get(name, per_page=100, page=2)["contents"] if len(lines) > 100 else []
    )


def test_full_items_of_a_list_are_those_that_stand_alone(get, offer):
    for item in get("services", full="true", per_page=100)["contents"]:
        assert item == get(f"services/{item['id']}")


def test_minimal_items_say_no_more_than_they_must(get):
    told = get("services", minimal="true", full="true")["contents"][0]
    assert set(told) == {"id", "name", "status", "organization_id", "last_modified"}


def test_search_is_the_search_of_the_page_with_the_best_first(get, visitor):
    found = get("services", search="min far drikker", per_page=20)
    response = visitor.get("/tilbud/", {"q": "min far drikker"})
    assert ids(found) == [str(offer.uuid) for offer in offers_on(response)]
    assert found["total_items"] == response.context["page"].paginator.count
    assert get("services", search="zqxyzzyq")["empty"]


def test_what_is_searched_for_is_kept_by_nobody(visitor):
    response = visitor.get(f"{BASE}/services?search=ensom")
    assert response.headers["Cache-Control"] == "private, no-store"


def test_words_of_the_vocabularies_find_their_offers(get, offer):
    told = get(f"services/{offer.uuid}")
    for attribute in told["attributes"]:
        term = attribute.get("taxonomy_term")
        if term:
            found = get("services", taxonomy_term_id=term["id"], per_page=100)
            assert str(offer.uuid) in ids(found), term["name"]
            assert get(f"taxonomy_terms/{term['id']}") == term
            assert str(offer.uuid) in ids(get("services", taxonomy_id=term["taxonomy_id"], per_page=100))


def test_an_area_stands_for_its_needs(get):
    need = Need.objects.filter(parent__isnull=False, offers__in=Offer.objects.published()).first()
    terms = {term["code"]: term["id"] for term in get("taxonomy_terms", per_page=100)["contents"]}
    of_need = ids(get("services", taxonomy_term_id=terms[need.slug], per_page=100))
    assert set(of_need) <= set(ids(get("services", taxonomy_term_id=terms[need.parent.slug], per_page=100)))


def test_places_are_found_by_postcode_and_by_how_far_it_is(get, offer, visitor):
    place = get("service_at_locations", postcode="4000")["contents"][0]
    assert place["service_id"] == str(offer.uuid)
    assert get("service_at_locations", postcode="9990")["empty"]
    Venue.objects.filter(slug="prøvehus").update(postcode="4001", latitude=55.65)
    other = Venue.objects.create(
        slug="nær",
        name="Nær",
        street="Vej 1",
        postcode="4000",
        city="Roskilde",
        latitude=55.64,
        longitude=12.08,
    )
    offer.venues.add(other)
    assert get("service_at_locations", postcode="4000", proximity=100)["total_items"] == 1
    assert get("service_at_locations", postcode="4000", proximity=5000)["total_items"] == 2
    response = visitor.get(f"{BASE}/service_at_locations?proximity=5")
    assert (response.status_code, response.json()["parameter"]) == (404, "postcode")


def test_a_withdrawn_offer_is_told_to_be_gone_for_a_year_and_then_no_more(get, visitor, offer):
    Offer.objects.filter(pk=offer.pk).update(status=Offer.Status.ARCHIVED)
    told = get(f"services/{offer.uuid}")
    assert told["status"] == "defunct"
    keys = {"id", "name", "status", "organization_id", "organization", "last_modified"}
    assert set(told) == keys
    assert str(offer.uuid) in ids(get("services", modified_after="2026-01-01", per_page=100))
    assert str(offer.uuid) not in ids(get("services", search="headspace"))
    long_ago = timezone.now() - timedelta(days=367)
    Offer.objects.filter(pk=offer.pk).update(updated_at=long_ago)
    assert visitor.get(f"{BASE}/services/{offer.uuid}").status_code == 404


def test_an_offer_whose_time_is_over_is_withdrawn_from_the_day_after(get, offer):
    yesterday = timezone.localdate() - timedelta(days=1)
    Offer.objects.filter(pk=offer.pk).update(publish_until=yesterday)
    told = get(f"services/{offer.uuid}")
    assert told["status"] == "defunct"


@pytest.mark.parametrize("status", ["kladde", "til-godkendelse", "arkiveret"])
def test_an_offer_that_never_was_public_is_nowhere(visitor, offer, status):
    Offer.objects.filter(pk=offer.pk).update(status=status, was_public=False)
    assert visitor.get(f"{BASE}/services/{offer.uuid}").status_code == 404


def test_days_off_are_told_and_show_in_the_status(get, offer):
    today = timezone.localdate()
    Closure.objects.create(offer=offer, starts_on=today, ends_on=today, reason="Ferie")
    told = get(f"services/{offer.uuid}")
    assert told["status"] == "temporarily closed"
    assert told["alert"] == f"Lukket {today:%d.%m.%Y} (Ferie)."


def _touch(offer, what):
    """Change something that is told of an offer, by the way an editor does."""
    {
        "offer": lambda: Offer.objects.filter(pk=offer.pk).update(title="Nyt"),
        "organisation": lambda: offer.organisation.save(),
        "venue": lambda: offer.venues.first().save(),
        "venue at once": lambda: Venue.objects.filter(offers=offer).update(city="Lejre"),
        "need": lambda: offer.needs.first().save(),
        "contact": lambda: ContactPoint.objects.create(offer=offer, kind="sms", value="20 30 40 50"),
    }[what]()


@pytest.mark.parametrize("what", ["offer", "organisation", "venue", "venue at once", "need", "contact"])
def test_whatever_is_changed_moves_the_time_and_is_asked_for_by_it(get, offer, what):
    past = datetime(2026, 1, 1, tzinfo=UTC)
    Offer.objects.update(updated_at=past)
    Organisation.objects.update(updated_at=past)
    for name in rows.DATED:
        Offer._meta.get_field(name).related_model.objects.update(updated_at=past)
    ContactPoint.objects.update(updated_at=past)
    before = get(f"services/{offer.uuid}")["last_modified"]
    since = "2026-06-01T00:00:00Z"
    assert get("services", modified_after=since)["empty"]
    _touch(offer, what)
    told = get("services", modified_after=since, per_page=100)
    assert str(offer.uuid) in ids(told)
    assert all(datetime.fromisoformat(each["last_modified"]).year >= 2026 for each in told["contents"])
    assert get(f"services/{offer.uuid}")["last_modified"] > before


def test_a_list_of_everything_keeps_its_budget(visitor, django_assert_max_num_queries, many_rows):
    visitor.get(FULL)
    with django_assert_max_num_queries(12):
        answer = visitor.get(FULL).json()
    assert answer["size"] == 100


@pytest.mark.parametrize(
    "path", ["services?per_page=100&full=true", "organizations?full_service=true", "services?format=ndjson"]
)
def test_to_see_that_nothing_changed_costs_three_queries_at_most(
    visitor, django_assert_max_num_queries, many_rows, path
):
    address = f"{BASE}/{path}"
    etag = visitor.get(address).headers["ETag"]
    with django_assert_max_num_queries(3):
        assert visitor.get(address, headers={"If-None-Match": etag}).status_code == 304
    Venue.objects.first().save()
    assert visitor.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_one_service_is_told_the_same_by_the_api_and_by_the_serializer(get, offer):
    row = rows.telling(Offer.objects.filter(pk=offer.pk)).get()
    told = said.service(row, timezone.localdate(), full=True)
    assert json.loads(told.model_dump_json(exclude_none=True)) == get(f"services/{offer.uuid}")


def test_per_page_may_be_written_as_open_referral_uk_does(get):
    assert get("services", perPage=3)["size"] == 3
