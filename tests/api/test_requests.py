"""What holds for every address of every API: bad input, other methods, caches, and pages elsewhere."""

from uuid import UUID

import pytest

from directory.privacy import hidden, hidden_in_query
from policies.api.api import API
from policies.models import Goal, Policy

pytestmark = pytest.mark.django_db

GOALS = "/api/politikker/goals"
BAD = [
    ("page", "0"),
    ("page", "-1"),
    ("page", "abc"),
    ("page", "1.5"),
    ("page", "1e3"),
    ("page", "1_0"),
    ("page", " 1"),
    ("page", "\u0661"),
    ("page", "9" * 25),
    ("page", "9" * 5000),
    ("page", ""),
    ("page", "1\0"),
    ("per_page", "0"),
    ("per_page", "101"),
    ("per_page", "\0"),
    ("policy_id", "1"),
    ("policy_id", "urn:uuid:d0ea366f-725b-5fc8-8741-6afd629b24e9"),
    ("policy_id", "d0ea366f725b5fc887416afd629b24e9"),
    ("policy_id", ""),
    ("kind", "politik"),
    ("kind", "maal\0"),
    ("status", ""),
    ("titel", "x"),
    ("Page", "1"),
    ("", "x"),
    ("\0", "\0"),
    ("\N{GRINNING FACE}" * 100, "x"),
]


def assert_problem(response, status, parameter=None):
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    told = response.json()
    assert told["status"] == status
    assert told["type"].startswith("http")
    assert told["title"]
    assert told["detail"].endswith(".")
    assert told.get("parameter") == parameter
    return told


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_parameter_is_named_with_a_sentence(visitor, name, value):
    shown = name.replace("\0", "\N{REPLACEMENT CHARACTER}")[:40]
    told = assert_problem(visitor.get(GOALS, {name: value}), 400, shown)
    assert len(told["detail"]) < 500
    assert value not in told["detail"] or len(value) < 3


@pytest.mark.parametrize(
    "moment",
    [
        "+",
        "i går",
        "2026-13-01",
        "2025-02-29",
        "2026-11-22T25:00:00Z",
        "0001-01-01",
        "9999-12-31",
        "2026-11-22 10:00",
    ],
)
def test_a_moment_that_is_none_is_refused(visitor, moment):
    response = visitor.get("/api/politikker/meetings", {"modified_after": moment})
    assert_problem(response, 400, "modified_after")


def test_all_faults_are_told_at_once(visitor):
    told = assert_problem(visitor.get(f"{GOALS}?page=x&per_page=0&kind=z&titel=1"), 400, "page")
    assert [fault["parameter"] for fault in told["errors"]] == ["page", "per_page", "kind", "titel"]
    assert "princip, strategimaal" in told["errors"][2]["detail"]


def test_a_parameter_that_stands_twice_is_not_chosen_from(visitor):
    assert_problem(visitor.get(f"{GOALS}?page=1&page=2"), 400, "page")


def test_far_too_many_parameters_are_a_problem_too(visitor):
    assert_problem(visitor.get(GOALS + "?" + "&".join("page=1" for _ in range(400))), 400)


@pytest.mark.parametrize(
    "path",
    [
        "/api/politikker/goals/",
        "/api/politikker/findes-ikke",
        "/api/politikker/goals/x/y",
        "/api/politikker/goals/\0",
        "/api/politikker/\u0661",
    ],
)
def test_an_address_that_is_not_there_is_a_problem(visitor, path):
    assert visitor.get(path).status_code == 404
    assert visitor.get(path).headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("key", ["1", "x", UUID(int=0), "d0ea366f725b5fc887416afd629b24e9", "%00"])
def test_an_id_that_is_not_there_is_a_problem(visitor, key):
    assert_problem(visitor.get(f"{GOALS}/{key}"), 404, "id")


def test_a_single_thing_takes_no_parameters(visitor):
    goal = Goal.objects.first()
    told = assert_problem(visitor.get(f"{GOALS}/{goal.uuid}?page=1"), 400, "page")
    assert "ingen parametre" in told["detail"]


def test_a_page_beyond_the_last_is_said_to_be(visitor):
    told = assert_problem(visitor.get(GOALS, {"page": 999999}), 404, "page")
    assert "sider" in told["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nobody_writes(visitor, method):
    response = getattr(visitor, method)(GOALS)
    assert_problem(response, 405)
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_pages_elsewhere_may_read(visitor):
    response = visitor.get(GOALS)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert visitor.options(GOALS).status_code == 204


def test_head_is_get_without_the_content(visitor):
    get, head = visitor.get(GOALS), visitor.head(GOALS)
    assert head.content == b""
    assert head.headers["ETag"] == get.headers["ETag"]


def test_what_is_not_changed_is_not_sent_again(visitor):
    etag = visitor.get(GOALS).headers["ETag"]
    assert visitor.get(GOALS, headers={"If-None-Match": etag}).status_code == 304
    assert visitor.get(GOALS, headers={"If-None-Match": f"W/{etag}"}).status_code == 304
    Goal.objects.filter(pk=Goal.objects.first().pk).update(title="Et nyt navn")
    response = visitor.get(GOALS, headers={"If-None-Match": etag})
    assert response.status_code == 200
    assert response.headers["ETag"] != etag


def test_answers_come_compressed_where_the_client_can(visitor):
    response = visitor.get(GOALS, headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"


def test_a_cpr_number_is_never_said_again(visitor):
    for query in ("?0101901234=x", "?titel=010190-1234", "?page=010190%201234"):
        response = visitor.get(GOALS + query)
        assert response.status_code == 400
        assert "1234" not in response.content.decode()


def test_an_id_that_looks_like_a_cpr_number_is_found_all_the_same(visitor):
    key = "abcdef01-0190-1234-abcd-a0101901234f"
    policy = Policy.objects.first()
    Policy.objects.filter(pk=policy.pk).update(uuid=key)
    assert visitor.get(f"/api/politikker/policies/{key}").json()["id"] == key
    answer = visitor.get(f"{GOALS}?policy_id={key}&per_page=100").json()
    assert answer["total_items"] == policy.goals.count()


def test_a_moment_that_looks_like_a_cpr_number_is_understood(visitor):
    moment = "2026-11-16T23:08:11.087005Z"
    assert visitor.get("/api/politikker/meetings", {"modified_after": moment}).status_code == 200


def test_beside_an_id_a_cpr_number_is_still_hidden():
    key = "abcdef01-0190-1234-abcd-a0101901234f"
    assert hidden(f"/{key}/010190-1234/") == f"/{key}/█/"
    assert "1234" not in hidden_in_query(f"a={key.replace('a', 'b')}&b=010190-1234").replace(
        key.replace("a", "b"), ""
    )


def test_names_in_the_openapi_file_are_unique_and_every_reference_leads_somewhere():
    document = API.document
    names = [methods["get"]["operationId"] for methods in document["paths"].values()]
    assert len(names) == len(set(names)) == 13
    assert "null" not in str(document)
    assert document["openapi"].startswith("3.1")
