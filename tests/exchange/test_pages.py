"""The pages for handing in a table: who may, what they show, and what becomes of files that are none."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from offers.exchange import reading, runs
from offers.models import ImportRun, Offer, Organisation, Venue
from tests.conftest import INLINE_CODE
from tests.exchange.files import text, xlsx

pytestmark = pytest.mark.django_db

NEW = reverse("admin:offers_import_new")
OLD = "boernetelefonen"


def hand_in(client, content, sheet="tilbud", name="fil.csv"):
    """Hand in a file, and return the page that comes back."""
    content = content.encode() if isinstance(content, str) else content
    data = {"sheet": sheet, "file": SimpleUploadedFile(name, content)}
    answer = client.post(NEW, data, follow=True)
    assert not INLINE_CODE.search(answer.content.decode())
    return answer


def press(client, step):
    """Press a button of the latest import, and return the page that comes back."""
    run = ImportRun.objects.latest("pk")
    return client.post(reverse("admin:offers_import_step", args=[run.pk]), {"trin": step}, follow=True)


WORKED_OUT = ("id", "revision", "updated_at")


def test_an_editor_sees_stores_and_takes_back(editor):
    offer = Offer.objects.get(slug=OLD)
    before = {one: list(getattr(offer, one).values()) for one in ("contact_points", "opening_hours")}
    rows = [["Nøgle", "Titel", "Telefon", "Telefontider"], [OLD, "Ny titel", "112", "9-12"]]
    rows.append(["", "Aftenklub", "", ""])
    rows[0].append("Hvem står bag")
    rows[1].append(offer.organisation.name)
    rows[2].append(offer.organisation.name)
    html = hand_in(editor, text(*rows)).content.decode()
    assert "1 nye, 1 ændrede, 0 uændrede, 0 afviste. Intet er gemt endnu." in html
    assert f"{offer.title} → Ny titel" in html
    assert not Offer.objects.filter(slug="aftenklub").exists()
    html = press(editor, "gem").content.decode()
    assert "Stand: <strong>gemt</strong>" in html
    assert "Det er gemt. Du kan fortryde det hele her på siden." in html
    assert Offer.objects.get(slug="aftenklub").title == "Aftenklub"
    history = editor.get(reverse("admin:offers_offer_history", args=[offer.pk])).content.decode()
    assert "Hentet fra filen “" in history
    html = press(editor, "fortryd").content.decode()
    assert "Stand: <strong>fortrudt</strong>" in html
    assert "Importen er fortrudt. Alt er, som det var før." in html
    assert not Offer.objects.filter(slug="aftenklub").exists()
    again = Offer.objects.get(slug=OLD)
    assert again.title == offer.title
    for one, rows in before.items():
        told = [{k: v for k, v in row.items() if k not in WORKED_OUT} for row in rows]
        now = getattr(again, one).values()
        assert [{k: v for k, v in row.items() if k not in WORKED_OUT} for row in now] == told


def test_what_was_changed_since_is_not_undone(editor):
    hand_in(editor, text(["Nøgle", "Titel"], [OLD, "Ny titel"], ["headspace-roskilde", "Anden titel"]))
    press(editor, "gem")
    Offer.objects.filter(slug=OLD).update(title="Rettet i hånden")
    html = press(editor, "fortryd").content.decode()
    assert "Rettet i hånden" in html
    assert "ændret siden" in html
    assert "Det er gemt" not in html
    assert Offer.objects.get(slug="headspace-roskilde").title == "Anden titel"
    assert ImportRun.objects.get().state == ImportRun.State.DONE


def test_what_others_use_is_not_undone(editor):
    hand_in(editor, text(["Navn", "Slags"], ["Ny forening", "Forening"]), "organisationer")
    press(editor, "gem")
    made = Organisation.objects.get(slug="ny-forening")
    Offer.objects.filter(slug=OLD).update(organisation=made)
    html = press(editor, "fortryd").content.decode()
    assert "Intet er fortrudt" in html
    assert Organisation.objects.filter(pk=made.pk).exists()


def test_venues_come_with_decimal_commas(editor):
    head = ["Navn", "Vej og nummer", "Postnummer", "By", "Breddegrad", "Længdegrad", "Hemmelig adresse"]
    html = hand_in(
        editor, text(head, ["Huset", "Gade 1", "4000", "Roskilde", "55,64", "12,0803123", "nej"]), "steder"
    )
    assert "1 nye" in html.content.decode()
    press(editor, "gem")
    venue = Venue.objects.get(slug="huset")
    assert (venue.latitude, venue.longitude, venue.confidential) == (55.64, 12.0803123, False)


def bomb():
    """Return a spreadsheet of a few kilobytes that swells to more than may be unpacked."""
    file = io.BytesIO(xlsx(["Nøgle"], ["x"]))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.xml", b"\0" * (reading.MOST_UNPACKED + 1))
    return file.getvalue()


def packed(**parts):
    """Return a zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


BAD = {
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0", reading.NO_TABLE),
    "a PDF": (b"%PDF-1.7 ...", reading.NO_TABLE),
    "an old spreadsheet": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", reading.OLD),
    "a zip file": (packed(noget="x"), reading.NO_TABLE),
    "a torn zip file": (xlsx(["Nøgle"])[:900], reading.BROKEN),
    "a spreadsheet of another house": (packed(content_xml="x"), reading.OPEN_DOCUMENT),
    "declarations": (packed(xl__workbook_xml="<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"), reading.BROKEN),
    "no book in it": (packed(xl__workbook_xml="<x/>"), reading.BROKEN),
    "a bomb": (bomb(), reading.SWELLS),
    "too many bytes": (b"x" * (reading.MOST_BYTES + 1), reading.TOO_LARGE),
    "too many rows": ("Nøgle\n" + "x\n" * (reading.MOST_ROWS + 1), "flere end 10.000 rækker"),
    "only a heading": ("Nøgle;Titel\n", "kun overskrifter"),
    "nothing": ("\n\n", "Filen er tom"),
    "an unknown column": ("Nøgle;Farve\nx;y\n", "Kolonnen “Farve” kender vi ikke"),
    "a column twice": ("Nøgle;Titel;Titel\nx;y;z\n", "står der to gange"),
    "no key": ("Pris\nGratis\n", "siger, hvad rækken handler om"),
    "an open quotation": ('Nøgle;Titel\nx;"y\n', "anførselstegn"),
    "the wrong sheet": (xlsx(["Nøgle"], ["x"], title="Steder"), "intet ark, der hedder “Tilbud”"),
    "a CPR number": (f"Nøgle;Titel\n{OLD};010190-1234\n", "måske et CPR-nummer"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_file_that_is_no_table_is_told_in_danish(editor, what):
    content, said = BAD[what]
    html = hand_in(editor, content).content.decode()
    assert said in html
    assert "010190" not in html
    assert not ImportRun.objects.exists()


def test_a_formula_is_refused_where_it_stands(editor):
    html = hand_in(editor, xlsx(["Nøgle", "Titel"], [OLD, "=A1"]), name="fil.xlsx").content.decode()
    assert "Titel (B):</strong> Cellen har en formel." in html


def test_an_import_that_is_not_there_is_told(editor):
    for key in ("999999", "ny/findes.css"):
        answer = editor.get(f"/admin/offers/importrun/{key}/change/", follow=True)
        assert "findes ikke" in answer.content.decode()


def test_macros_are_never_looked_at(editor):
    file = io.BytesIO(xlsx(["Nøgle", "Titel"], [OLD, "Ny titel"]))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\0macro")
    assert "1 ændrede" in hand_in(editor, file.getvalue(), name="fil.xlsm").content.decode()


def test_a_new_row_that_looks_like_an_old_one_is_pointed_out(editor):
    offer = Offer.objects.get(slug=OLD)
    html = hand_in(editor, text(["Titel", "Hvem står bag"], [offer.title.upper(), offer.organisation.name]))
    assert f"Ligner “{offer.title}”, som allerede er her: navnet er ens." in html.content.decode()


@pytest.mark.parametrize("role", ["Tilbudsejer", "Sagsbehandler"])
def test_who_may_not_change_all_rows_hands_in_nothing(log_in, role):
    client = log_in(role, Organisation.objects.first())
    assert client.get(NEW).status_code == 403
    run = ImportRun.objects.create(sheet="tilbud", file_name="x", state="klar")
    step = reverse("admin:offers_import_step", args=[run.pk])
    assert client.post(step, {"trin": "gem"}).status_code == 403
    assert client.get(reverse("admin:offers_importrun_change", args=[run.pk])).status_code == 403


def test_an_editor_who_does_not_publish_publishes_no_row(log_in):
    client = log_in("Redaktør")
    draft = Offer.objects.filter(slug="headspace-roskilde")
    draft.update(status=Offer.Status.DRAFT)
    html = hand_in(client, text(["Nøgle", "Status"], ["headspace-roskilde", "Offentlig"])).content.decode()
    assert "Du må ikke gøre tilbud offentlige" in html
    html = hand_in(client, text(["Nøgle", "Titel"], [OLD, "Ny titel"])).content.decode()
    assert "1 ændrede" in html


def work():
    """Do what waits in the queue; the command of the worker would close the connection of the test."""
    for waiting in DBTaskResult.objects.ready():
        waiting.task.call(*waiting.args_kwargs["args"], **waiting.args_kwargs["kwargs"])
        waiting.delete()


def test_many_rows_are_left_to_a_worker(editor):
    name = Organisation.objects.get(slug="headspace-danmark").name
    rows = [["", f"Nyt tilbud {n}", name] for n in range(runs.AT_ONCE + 1)]
    html = hand_in(editor, text(["Nøgle", "Titel", "Hvem står bag"], *rows)).content.decode()
    assert "manage.py db_worker" in html
    for step, state in ((None, "klar"), ("gem", "gemt"), ("fortryd", "fortrudt")):
        if step:
            press(editor, step)
        work()
        run = ImportRun.objects.get()
        assert (run.state, run.new) == (state, runs.AT_ONCE + 1)
    progress = editor.get(reverse("admin:offers_import_progress", args=[run.pk])).json()
    assert progress["total"] == runs.AT_ONCE + 1
