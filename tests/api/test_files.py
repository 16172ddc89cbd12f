"""All offers in one file: the same as the API tells, and a table that a spreadsheet reads."""

import csv
import json

import pytest

from offers.models import Offer

pytestmark = pytest.mark.django_db


def lines_of(visitor, address):
    """Return the lines of a file that is streamed."""
    return visitor.get(address).getvalue().decode().splitlines()


def test_the_file_for_programs_is_what_the_api_tells(visitor):
    services = [json.loads(line) for line in lines_of(visitor, "/data/services.ndjson")]
    assert services == visitor.get("/api/hsds/services?full=true&per_page=100").json()["contents"]


def test_the_table_has_a_row_for_each_offer_that_one_can_get(visitor):
    response = visitor.get("/data/tilbud.csv")
    assert response.headers["Content-Disposition"] == 'attachment; filename="tilbud.csv"'
    text = response.getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines(keepends=True), delimiter=";"))
    assert len(rows) == Offer.objects.published().count()
    offer = Offer.objects.get(slug="headspace-roskilde")
    row = next(row for row in rows if row["Id"] == str(offer.uuid))
    assert row["Tilbud"] == offer.title
    assert row["Organisation"] == offer.organisation.name
    assert "Unge" in row["Målgrupper"]
    assert "None" not in text


def test_the_table_holds_no_formula(visitor):
    Offer.objects.filter(slug="headspace-roskilde").update(title="=1+1")
    rows = csv.reader(lines_of(visitor, "/data/tilbud.csv"), delimiter=";")
    assert "'=1+1" in [row[1] for row in rows if len(row) > 1]


def test_a_file_that_has_not_changed_is_not_sent_again(visitor):
    for address in ("/data/services.ndjson", "/data/tilbud.csv"):
        etag = visitor.get(address).headers["ETag"]
        assert visitor.get(address, headers={"If-None-Match": etag}).status_code == 304
        Offer.objects.filter(slug="headspace-roskilde").update(title=address)
        assert visitor.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_the_catalogue_names_every_way_to_the_data_and_the_licence(visitor):
    response = visitor.get("/data/katalog.jsonld")
    assert response.headers["Content-Type"] == "application/ld+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    told = response.json()
    addresses = []
    for dataset in told["dcat:dataset"]:
        assert {"dct:title", "dct:description", "dct:publisher", "dcat:contactPoint"} <= set(dataset)
        for distribution in dataset["dcat:distribution"]:
            assert "creativecommons.org/licenses/by/4.0" in distribution["dct:license"]["@id"]
            addresses.append(distribution["dcat:accessURL"]["@id"])
    assert len(addresses) == 4
    for address in addresses:
        assert visitor.get(address.removeprefix("http://127.0.0.1:8000")).status_code == 200
    etag = response.headers["ETag"]
    assert visitor.get("/data/katalog.jsonld", headers={"If-None-Match": etag}).status_code == 304
    assert visitor.get("/data/katalog.jsonld?x=1").json()["parameter"] == "x"
