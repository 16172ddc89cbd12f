"""Whatever is sent to whichever address, by whomever: no fault of ours.

Few requests in an ordinary run, and the same each time. As many as one likes, and others each time:

    FUZZ_REQUESTS=5000 ./dev test unit -- tests/security/test_hostile.py
"""

import os

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings

from offers.models import Offer
from policies.models import Committee, Policy
from tests.addresses import public_addresses
from tests.closing import closing
from tests.security.hostile import patterns, requests

COUNT = int(os.environ.get("FUZZ_REQUESTS", "1000"))
# The same in an ordinary run; where one asks for more, others each time.
manner = settings(
    max_examples=COUNT,
    derandomize="FUZZ_REQUESTS" not in os.environ,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
REAL = {
    "object_id": ["1", "2", "7", "70"],
    "slug": ["headspace-roskilde", "boernetelefonen", "roskilde-skole-og-boerneudvalget"],
    "number": ["1", "3"],
    "version_id": ["1", "2"],
    "pk": ["1"],
    "name": ["README", "nyt-tilbud", "roller"],
    "content_type_id": ["1", "9"],
    "provider_id": ["kommune"],
    "app_label": ["offers", "policies", "auth"],
}


@pytest.fixture
def cookies(db, client):
    """Return the cookies of somebody who may do everything."""
    client.force_login(User.objects.create_superuser("hostile"))
    return client.cookies


@pytest.fixture
def real(db):
    """Return values that stand in addresses of the site."""
    slugs = [*REAL["slug"], *Policy.objects.values_list("slug", flat=True)[:2]]
    rows = [row for model in (Offer, Policy, Committee) for row in model.objects.order_by("pk")[:2]]
    ids = [str(row.uuid) for row in rows]
    keys = [str(key) for key in Offer.objects.order_by("pk").values_list("pk", flat=True)[:3]]
    return REAL | {"slug": slugs, "id": ids, "object_id": [*REAL["object_id"], *keys]}


def answered(asked, cookies):
    """Return the answer to a request; what it wrote is taken back."""
    client = Client(raise_request_exception=False)
    if asked.is_staff:
        client.cookies = cookies.copy()
    with transaction.atomic():
        response = client.generic(
            asked.method,
            asked.path,
            asked.body,
            asked.kind,
            QUERY_STRING=asked.query,
            headers=asked.headers,
        )
        with closing(response):
            if response.streaming:
                b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return response


def test_no_request_is_answered_by_a_fault(real, cookies):
    paths = [*patterns(), *list(public_addresses())[:60]]
    count = 0

    @manner
    @given(requests(paths, real))
    def no_fault(asked):
        nonlocal count
        count += 1
        response = answered(asked, cookies)
        assert response.status_code < 500, (asked, getattr(response, "exc_info", None))
        for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
            assert name in response.headers, (asked, name)

    no_fault()
    assert count >= COUNT
    assert len(paths) > 350


def test_every_address_is_among_them(db):
    paths = list(patterns())
    for path in (
        "/admin/offers/offer/<path:object_id>/change/",
        "/tilbud/<slug:slug>/ret/",
        "/konto/log-ind/",
    ):
        assert path in paths
    assert not [path for path in paths if "(" in path]
