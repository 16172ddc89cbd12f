"""All offers in one file: the same as the API tells, and a table that a spreadsheet reads."""

import csv
import hashlib
import io
import json
import tempfile
import zipfile
from datetime import date, datetime, time

import pytest
from frictionless import Package
from openpyxl import load_workbook

from offers.hsds.files import ALL
from offers.models import ContactPoint, Language, Offer, OpeningHours, Organisation, Venue
from tests.conftest import ROOT

pytestmark = pytest.mark.django_db

NAMES = tuple(file.name for file in ALL)
SCHEMAS = ROOT.parent / "shared" / "hsds" / "simple"


def lines_of(visitor, address):
    """Return the lines of a file that is streamed."""
    return visitor.get(address).getvalue().decode().splitlines()


def book_of(content):
    """Return a spreadsheet."""
    return load_workbook(io.BytesIO(content))


def rows_of(archive, path):
    """Return the rows of a table of a package."""
    return list(csv.DictReader(io.StringIO(archive.read(path).decode(), newline="")))


def assert_valid_package(content):
    """Fail unless Frictionless finds nothing wrong; return the archive."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    with tempfile.TemporaryDirectory() as folder:
        archive.extractall(folder)
        report = Package(f"{folder}/datapackage.json").validate()
    assert report.valid, report.flatten(["title", "fieldName", "rowNumber", "message"])
    return archive


def everything():
    """Give an offer a little of all that hangs on offers."""
    offer = Offer.objects.get(slug="headspace-roskilde")
    Offer.objects.filter(pk=offer.pk).update(
        apply_url="https://rødovre.example/å", description='Et "citat"; og\nen linje til', cost="gratis"
    )
    for kind, value in (
        ("sms", "40 40 40 40"),
        ("e-mail", "hus@example.org"),
        ("chat", "https://a.example/"),
    ):
        ContactPoint.objects.create(offer=offer, kind=kind, value=value, label="Skriv her")
    venue = Venue.objects.create(
        slug="huset", name="Huset", street="Vej 1", postcode="4000", city="Roskilde",
        latitude=55.5, longitude=12.25, municipality_id=offer.municipalities.first().pk,
    )  # fmt: skip
    for each in (offer, Offer.objects.get(slug="alkolinjen")):
        each.venues.add(venue)
        hours = {"weekday": 2, "opens": time(9), "closes": time(15), "valid_from": date(2026, 1, 1)}
        OpeningHours.objects.create(offer=each, venue=venue, **hours)
        OpeningHours.objects.create(offer=each, channel="telefon", **hours)
    # The same link twice: an address to sign up at is a way to get in touch, too.
    ContactPoint.objects.create(
        offer=offer, kind="web", value="https://rødovre.example/å", label="Tilmelding"
    )
    offer.languages.add(Language.objects.first() or Language.objects.create(slug="en", name="Engelsk"))


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


def test_the_list_is_the_same_as_the_lines(visitor):
    services = json.loads(visitor.get("/data/services.json").getvalue())
    assert services == [json.loads(line) for line in lines_of(visitor, "/data/services.ndjson")]


def test_a_directory_without_offers_still_has_files(visitor):
    Offer.objects.all().delete()
    assert json.loads(visitor.get("/data/services.json").getvalue()) == []
    assert lines_of(visitor, "/data/services.ndjson") == []
    assert book_of(visitor.get("/data/tilbud.xlsx").getvalue())["Tilbud"].max_row == 1
    assert_valid_package(visitor.get("/data/services.zip").getvalue())


def test_the_spreadsheet_says_the_same_as_the_table(visitor):
    response = visitor.get("/data/tilbud.xlsx")
    assert response.headers["Content-Disposition"] == 'attachment; filename="tilbud.xlsx"'
    book = book_of(response.getvalue())
    headings, *rows = book["Tilbud"].values
    assert headings[1] == "Tilbud"
    assert book["Tilbud"].auto_filter.ref == f"A1:V{len(rows) + 1}"
    text = visitor.get("/data/tilbud.csv").getvalue().decode("utf-8-sig")
    told = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert [row[0] for row in rows] == [row["Id"] for row in told]
    for row, other in zip(rows, told, strict=True):
        cells = ["" if cell is None else cell for cell in row]
        plain = [f"{cell:%Y-%m-%d}" if isinstance(cell, datetime) else str(cell) for cell in cells]
        assert plain == [other[heading] for heading in headings]
    assert "CC BY 4.0" in str(list(book["Om tallene"].values))


def test_the_spreadsheet_holds_no_formula_and_no_sign_it_cannot_hold(visitor):
    changed = Offer.objects.filter(slug="headspace-roskilde")
    changed.update(title="=HYPERLINK(1)", summary="+1\x08", cost_note="@x")
    for name in ("/data/tilbud.xlsx", "/tilbud/fundet.xlsx?kommune=0265"):
        for row in book_of(visitor.get(name).getvalue())["Tilbud"].rows:
            assert {cell.data_type for cell in row} <= {"s", "n", "d"}
            assert not [cell.value for cell in row if str(cell.value).startswith(("=", "+", "@"))]


def test_the_package_is_valid_and_holds_what_the_api_tells(visitor):
    parent = Organisation.objects.create(slug="over", name="Over alle", kind="kommune")
    Organisation.objects.filter(slug="roskilde-kommune").update(parent=parent)
    everything()
    archive = assert_valid_package(visitor.get("/data/services.zip").getvalue())
    services = [json.loads(line) for line in lines_of(visitor, "/data/services.ndjson")]
    assert [row["id"] for row in rows_of(archive, "services.csv")] == [each["id"] for each in services]
    for path, key in (
        ("phones.csv", "phones"),
        ("url.csv", "additional_urls"),
        ("schedules.csv", "schedules"),
    ):
        owned = [row for row in rows_of(archive, path) if row["service_id"]]
        assert len(owned) == sum(len(each.get(key, [])) for each in services) > 0
    words = {row["id"]: row["name"] for row in rows_of(archive, "taxonomy_terms.csv")}
    told = {
        (row["link_id"], words.get(row["taxonomy_term_id"])) for row in rows_of(archive, "attributes.csv")
    }
    for service in services:
        for attribute in service.get("attributes", []):
            assert (service["id"], attribute.get("taxonomy_term", {}).get("name")) in told
    assert len({row["id"] for row in rows_of(archive, "locations.csv")}) == len(
        rows_of(archive, "locations.csv")
    )


def test_the_package_says_what_it_is(visitor):
    archive = zipfile.ZipFile(io.BytesIO(visitor.get("/data/services.zip").getvalue()))
    told = json.loads(archive.read("datapackage.json"))
    assert {resource["path"] for resource in told["resources"]} | {"datapackage.json"} == set(
        archive.namelist()
    )
    assert told["licenses"][0]["path"] == "https://creativecommons.org/licenses/by/4.0/"
    if SCHEMAS.is_dir():
        for resource in told["resources"]:
            schema = json.loads((SCHEMAS / f"{resource['name']}.json").read_text())
            assert resource["path"] == schema["path"]
            assert {field["name"] for field in resource["schema"]["fields"]} <= set(schema["properties"])


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_has_not_changed_is_not_sent_again(visitor, name):
    address = f"/data/{name}"
    response = visitor.get(address)
    content = response.getvalue()
    etag, changed = response.headers["ETag"], response.headers["Last-Modified"]
    assert etag == f'"{hashlib.sha256(content).hexdigest()}"'
    assert 'rel="license"' in response.headers["Link"]
    for question in ({"If-None-Match": etag}, {"If-Modified-Since": changed}):
        same = visitor.get(address, headers=question)
        assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", etag)
    Offer.objects.filter(slug="headspace-roskilde").update(title=address)
    assert visitor.get(address, headers={"If-None-Match": etag}).getvalue() not in (b"", content)
    assert visitor.get(f"{address}?x=1").json()["parameter"] == "x"


def test_the_same_data_give_the_same_bytes_and_keep_their_time(visitor, settings, tmp_path):
    files = {name: visitor.get(f"/data/{name}") for name in NAMES}
    contents = {name: response.getvalue() for name, response in files.items()}
    venue = Venue.objects.filter(offers=None).first() or Venue.objects.create(slug="ledig", name="Ledig")
    venue.save()  # something moved, of which no file tells
    for name, response in files.items():
        again = visitor.get(f"/data/{name}")
        assert again.getvalue() == contents[name]
        assert again.headers["Last-Modified"] == response.headers["Last-Modified"]
    settings.DATA_FILES_DIR = tmp_path / "another-machine"
    assert all(visitor.get(f"/data/{name}").getvalue() == contents[name] for name in NAMES)


def test_the_checksums_are_those_of_the_files(visitor):
    response = visitor.get("/data/SHA256SUMS")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    told = dict(line.split("  ")[::-1] for line in response.content.decode().splitlines())
    assert list(told) == list(NAMES)
    page = visitor.get("/data/").content.decode()
    for name, checksum in told.items():
        assert hashlib.sha256(visitor.get(f"/data/{name}").getvalue()).hexdigest() == checksum
        assert checksum in page
    etag = response.headers["ETag"]
    assert visitor.get("/data/SHA256SUMS", headers={"If-None-Match": etag}).status_code == 304
    Offer.objects.filter(slug="headspace-roskilde").update(title="Et andet navn")
    assert visitor.get("/data/SHA256SUMS", headers={"If-None-Match": etag}).status_code == 200


def test_of_each_file_one_is_kept(visitor, settings, tmp_path):
    settings.DATA_FILES_DIR = tmp_path / "kept"
    for title in ("Et", "To", "Tre"):
        Offer.objects.filter(slug="headspace-roskilde").update(title=title)
        visitor.get("/data/services.json").getvalue()
        visitor.get("/data/services.ndjson").getvalue()
    assert len(list(settings.DATA_FILES_DIR.glob("*.services.json"))) == 1
    assert len(list(settings.DATA_FILES_DIR.glob("*.services.ndjson"))) == 1


def test_a_file_that_is_kept_costs_one_query(visitor, django_assert_max_num_queries):
    visitor.get("/data/services.json").getvalue()
    with django_assert_max_num_queries(1):
        visitor.get("/data/services.json").getvalue()


def test_where_nothing_can_be_written_there_are_files_all_the_same(visitor, settings, tmp_path):
    (tmp_path / "a-file").touch()
    settings.DATA_FILES_DIR = tmp_path / "a-file"
    assert json.loads(visitor.get("/data/services.json").getvalue())
    assert len(visitor.get("/data/SHA256SUMS").content.splitlines()) == len(NAMES)


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
    assert len(addresses) == 2 + len(NAMES)
    for address in addresses:
        assert visitor.get(address.removeprefix("http://127.0.0.1:8000")).getvalue()
    told = visitor.get("/data/katalog.jsonld")
    assert told.content.decode().count("spdx:checksumValue") == len(NAMES)
    etag = told.headers["ETag"]
    assert visitor.get("/data/katalog.jsonld", headers={"If-None-Match": etag}).status_code == 304
    assert visitor.get("/data/katalog.jsonld?x=1").json()["parameter"] == "x"
