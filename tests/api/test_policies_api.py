"""The policies' API: what it tells, whom one may ask about, and that it is true to its OpenAPI file."""

import json
from datetime import UTC, date, datetime, time

import pytest

from offers.models import Offer
from policies.api.api import API
from policies.models import Committee, Delivery, Goal, Initiative, Meeting, Policy
from tests.api.answers import assert_fits, ids, without_emptiness

pytestmark = pytest.mark.django_db

BASE = "/api/politikker"
LISTS = ("policies", "goals", "initiatives", "indicators", "committees", "meetings")
BUDGETS = {"policies": 5, "goals": 6, "initiatives": 4, "indicators": 2, "committees": 3, "meetings": 2}


@pytest.fixture
def get(visitor):
    """Return what asks the API, and reads its answer."""

    def ask(path, **query):
        response = visitor.get(f"{BASE}/{path}", query)
        assert response.status_code == 200, response.content
        return response.json()

    return ask


@pytest.fixture
def meeting():
    """Return a meeting with a time."""
    committee = Committee.objects.get(slug="roskilde-skole-og-boerneudvalget")
    return Meeting.objects.create(committee=committee, held_on=date(2027, 2, 3), starts_at=time(16, 30))


@pytest.mark.parametrize("name", LISTS)
def test_each_list_is_as_the_openapi_file_says_and_gives_every_row_once(get, meeting, name):
    first = get(name, per_page=7)
    assert_fits(API, f"list{name.capitalize()}", first)
    found = ids(first)
    for page in range(2, first["total_pages"] + 1):
        found += ids(get(name, per_page=7, page=page))
    assert len(found) == len(set(found)) == first["total_items"] > 0
    assert without_emptiness(first)


@pytest.mark.parametrize("name", LISTS)
def test_each_row_stands_alone_as_in_the_list(get, meeting, name):
    singular = {"policies": "Policy"}.get(name, name.capitalize().removesuffix("s"))
    for item in get(name, per_page=100)["contents"]:
        alone = get(f"{name}/{item['id']}")
        assert alone == item
    assert_fits(API, f"get{singular}", alone)


def test_a_page_has_its_eight_keys(get):
    total = Goal.objects.count()
    assert {k: v for k, v in get("goals", per_page=10, page=2).items() if k != "contents"} == {
        "total_items": total,
        "total_pages": -(-total // 10),
        "page_number": 2,
        "size": 10,
        "first_page": False,
        "last_page": False,
        "empty": False,
    }
    nothing = get("policies", part_of_id="00000000-0000-4000-8000-000000000000")
    assert nothing["empty"]
    assert nothing["first_page"]
    assert nothing["last_page"]


def test_an_initiative_names_the_offers_by_the_ids_they_have_everywhere(get):
    initiative = Initiative.objects.filter(deliveries__isnull=False).first()
    delivery = initiative.deliveries.first()
    told = get(f"initiatives/{initiative.uuid}")["offers"]
    assert (str(delivery.offer.uuid), delivery.reason) in [(each["id"], each["reason"]) for each in told]
    found = get("initiatives", offer_id=delivery.offer.uuid)
    assert str(initiative.uuid) in ids(found)


@pytest.mark.parametrize("hiding", [{"status": Offer.Status.DRAFT}, {"publish_until": date(2020, 1, 1)}])
def test_an_offer_that_is_not_public_is_named_nowhere(get, hiding):
    delivery = Delivery.objects.first()
    Offer.objects.filter(pk=delivery.offer_id).update(**hiding)
    told = get(f"initiatives/{delivery.initiative.uuid}")
    assert str(delivery.offer.uuid) not in json.dumps(told)
    assert get("initiatives", offer_id=delivery.offer.uuid)["empty"]


def test_a_draft_says_so_in_all_that_stands_in_it(get):
    draft = Policy.objects.get(status=Policy.Status.DRAFT)
    assert get(f"policies/{draft.uuid}")["is_draft"] is True
    for name in ("goals", "indicators"):
        told = get(name, policy_id=draft.uuid, per_page=100)["contents"]
        assert {item["is_draft"] for item in told} == {True}
    assert ids(get("policies", status="udkast")) == [str(draft.uuid)]


def test_filters_narrow_together(get):
    policy = Policy.objects.filter(committee__isnull=False).first()
    same = {"authority_id": policy.authority.uuid, "committee_id": policy.committee.uuid}
    found = get("policies", **same, kind=policy.kind)
    expected = Policy.objects.filter(
        authority=policy.authority, committee=policy.committee, kind=policy.kind
    )
    assert set(ids(found)) == {str(each.uuid) for each in expected}
    assert get("goals", policy_id=policy.uuid)["total_items"] == policy.goals.count()
    goal = Goal.objects.filter(initiatives__isnull=False).first()
    assert get("initiatives", goal_id=goal.uuid)["total_items"] == goal.initiatives.count()
    assert get("goals", part_of_id=goal.uuid)["total_items"] == goal.children.count()


def test_a_meeting_tells_its_time_with_the_zone(get, meeting):
    told = get(f"meetings/{meeting.uuid}")
    assert told["starts_at"] == "2027-02-03T16:30:00+01:00"
    assert "ends_at" not in told
    assert datetime.fromisoformat(told["last_modified"]).tzinfo is not None


@pytest.mark.parametrize("zone", ["Z", "+00:00", " 00:00"])
def test_meetings_changed_since_a_moment_are_found_whatever_became_of_the_plus(get, meeting, zone):
    # The plus of a zone is a space when somebody forgets to write it as %2B.
    changed = datetime(2026, 11, 20, 12, tzinfo=UTC)
    Meeting.objects.filter(pk=meeting.pk).update(updated_at=changed)
    assert ids(get("meetings", modified_after=f"2026-11-20T12:00:00{zone}")) == [str(meeting.uuid)]
    assert get("meetings", modified_after=f"2026-11-20T12:00:01{zone}")["empty"]
    assert ids(get("meetings", modified_after="2026-11-20")) == [str(meeting.uuid)]


def test_meetings_are_found_by_day(get, meeting):
    assert ids(get("meetings", held_from="2027-02-03", held_until="2027-02-03")) == [str(meeting.uuid)]
    assert get("meetings", held_from="2027-02-04")["empty"]


def test_the_start_leads_to_every_list(get, visitor):
    assert get("") == visitor.get(BASE).json()
    assert list(get("")["lists"]) == list(LISTS)
    assert_fits(API, "getStart", get(""))


@pytest.mark.parametrize("name", LISTS)
def test_a_list_keeps_its_budget_however_much_there_is(
    visitor, django_assert_max_num_queries, many_rows, name
):
    with django_assert_max_num_queries(BUDGETS[name]):
        answer = visitor.get(f"{BASE}/{name}?per_page=100").json()
    assert answer["size"] == min(100, answer["total_items"])
    with django_assert_max_num_queries(BUDGETS[name]):
        visitor.get(f"{BASE}/{name}/{answer['contents'][0]['id']}")


def test_a_thousand_initiatives_are_walked_in_pages(get, many_rows):
    policy = Policy.objects.get(slug="roedovre-udsattepolitik")
    pages = get("initiatives", policy_id=policy.uuid, per_page=100)["total_pages"]
    found = [
        one
        for page in range(1, pages + 1)
        for one in ids(get("initiatives", policy_id=policy.uuid, per_page=100, page=page))
    ]
    assert len(found) == len(set(found)) == policy.initiatives.count() >= 1000
