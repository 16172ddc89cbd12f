"""What a search finds as a table to take along, at the address of the list."""

import csv
import io
import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from offers.models import Offer
from tests.api.test_files import book_of

pytestmark = pytest.mark.django_db


def test_what_a_search_finds_can_be_taken_along(visitor):
    question = "alder=14&kommune=0265&q=ensom"
    page = visitor.get(f"/tilbud/?{question}").content.decode()
    for kind in ("xlsx", "csv"):
        assert re.search(rf'href="/tilbud/fundet\.{kind}\?[^"]*alder=14', page)
    shown = re.findall(r'href="(/tilbud/[-\w]+/)"', page)
    rows = list(book_of(visitor.get(f"/tilbud/fundet.xlsx?{question}").getvalue())["Tilbud"].values)[1:]
    assert 0 < len(rows) < Offer.objects.published().count()
    assert all(row[-1].removeprefix(settings.BASE_URL) in shown for row in rows[:20])
    lines = visitor.get(f"/tilbud/fundet.csv?{question}").getvalue().decode("utf-8-sig")
    assert [row["Id"] for row in csv.DictReader(io.StringIO(lines, newline=""), delimiter=";")] == [
        row[0] for row in rows
    ]
    assert visitor.get("/en/tilbud/fundet.xlsx?alder=14").getvalue() == (
        visitor.get("/tilbud/fundet.xlsx?alder=14").getvalue()
    )


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_a_search_finds_is_not_made_again_for_who_has_it(visitor, kind):
    address = f"/tilbud/fundet.{kind}?kommune=0265&alder=14"
    response = visitor.get(address)
    content, etag = response.getvalue(), response.headers["ETag"]
    assert response.headers["Cache-Control"] == "public, no-cache"
    with CaptureQueriesContext(connection) as short:
        same = visitor.get(address, headers={"If-None-Match": etag})
    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", etag)
    with CaptureQueriesContext(connection) as whole:
        assert visitor.get(address).getvalue() == content
    assert len(short) <= len(whole) - 2, "the rows of the table are not loaded"
    others = [address.replace("14", "15"), address.replace(kind, {"xlsx": "csv", "csv": "xlsx"}[kind])]
    for other in others:
        response = visitor.get(other)
        assert response.getvalue()
        assert response.headers["ETag"] != etag
    Offer.objects.filter(slug="headspace-roskilde").update(title="Et andet navn")
    assert visitor.get(address, headers={"If-None-Match": etag}).getvalue() != content


def test_what_one_searched_for_is_kept_by_nobody_as_a_table(visitor):
    response = visitor.get("/tilbud/fundet.csv?q=angst")
    assert response.getvalue()
    assert "no-store" in response.headers["Cache-Control"]


def test_a_search_for_all_is_the_file_of_all(visitor):
    assert visitor.get("/tilbud/fundet.xlsx").headers["Location"] == "/data/tilbud.xlsx"
    assert visitor.get("/tilbud/fundet.csv?alder=200").json()["parameter"] == "alder"
