"""Tables to take out: what the list shows, harmless in a spreadsheet, and only for those who see all."""

import csv
import io

import pytest
from django.urls import reverse

from offers.exchange.sheets import OFFERS
from offers.models import Offer, Organisation, Venue
from tests.exchange.files import cells

pytestmark = pytest.mark.django_db


def address(model, view):
    return reverse(f"admin:offers_{model}_tabel_{view}")


def test_offers_are_taken_out_with_hours_contacts_and_needs(editor):
    head, *rows = cells(editor.get(address("offer", "xlsx")).content)
    assert head == [column.heading for column in OFFERS.columns]
    assert len(rows) == Offer.objects.count()
    [row] = [row for row in rows if row[1] == "boernetelefonen"]
    said = dict(zip(head, row, strict=True))
    offer = Offer.objects.get(slug="boernetelefonen")
    assert said["Titel"] == offer.title
    assert said["Telefon"].startswith("116 111")
    assert said["Status"] == "Offentlig"
    assert said["Hvem står bag"] == offer.organisation.name
    assert {need.name for need in offer.needs.all()} == set(said["Behov"].split("; "))


def test_the_csv_file_says_the_same_as_the_list(editor):
    answer = editor.get(address("offer", "csv") + "?q=headspace")
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert 0 < len(rows) < Offer.objects.count()
    assert all("headspace" in str(row).casefold() for row in rows)
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(editor, sign):
    Offer.objects.filter(slug="boernetelefonen").update(title=f"{sign}cmd|'/c calc'!A1")
    rows = cells(editor.get(address("offer", "xlsx")).content)
    assert any(f"'{sign}cmd|'/c calc'!A1" in row for row in rows)
    text = editor.get(address("offer", "csv")).content.decode("utf-8-sig")
    found = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
    assert not [cell for cell in found if cell.startswith(("=", "+", "-", "@"))]


def test_the_template_has_headings_and_explains_them(editor):
    content = editor.get(address("offer", "skabelon")).content
    assert cells(content) == [[column.heading for column in OFFERS.columns]]
    explained = {row[0]: row for row in cells(content, "Forklaring") if row and row[0]}
    assert "Gratis" in explained["Pris"][2]
    assert "døgnåbent" in explained["Åbningstider"][1]


@pytest.mark.parametrize(
    ("model", "rows", "title"),
    [("organisation", Organisation, "Organisationer"), ("venue", Venue, "Steder")],
)
def test_organisations_and_venues_are_taken_out_too(editor, model, rows, title):
    assert len(cells(editor.get(address(model, "xlsx")).content, title)) == rows.objects.count() + 1
    assert editor.get(address(model, "csv")).status_code == 200


@pytest.mark.parametrize("view", ["xlsx", "csv", "skabelon"])
def test_who_sees_only_her_own_offers_takes_out_no_table(log_in, view):
    owner = log_in("Tilbudsejer", Organisation.objects.first())
    for model in ("offer", "organisation", "venue"):
        assert owner.get(address(model, view)).status_code == 403
    assert "Hent som Excel" not in owner.get(reverse("admin:offers_offer_changelist")).content.decode()


def test_the_list_leads_to_the_files_with_its_filters(editor):
    html = editor.get(reverse("admin:offers_offer_changelist") + "?q=bisidder").content.decode()
    assert f'href="{address("offer", "xlsx")}?q=bisidder"' in html


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_is_no_filter_leads_to_the_list_which_says_so(editor, kind):
    for query in ("findes_ikke=1", "-x="):
        answer = editor.get(f"/admin/offers/offer/tabel/{kind}/?{query}")
        assert answer.headers["Location"] == "/admin/offers/offer/?e=1", query
    assert editor.get(f"/admin/offers/offer/tabel/{kind}/?organisation__name__y=z").status_code < 500
