"""Editors hand in a table: they see what it would do, then it does just that, or nothing."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from offers.exchange import runs
from offers.exchange.applying import apply
from offers.exchange.plan import plan
from offers.exchange.reading import FileError, read
from offers.exchange.sheets import OFFERS, SHEETS
from offers.models import ContactPoint, ImportRun, Need, Offer, OpeningHours, Organisation
from offers.permissions import who
from tests.exchange.files import text, xlsx

pytestmark = pytest.mark.django_db

OLD = "boernetelefonen"


@pytest.fixture
def boss(django_user_model):
    return django_user_model.objects.create_superuser("chef")


@pytest.fixture
def handed_in(boss):
    """Return a function that hands in a file and returns the run as it is shown."""

    def hand_in(content, sheet=OFFERS, user=boss):
        content = content.encode() if isinstance(content, str) else content
        run = runs.start(content, "fil.xlsx", sheet, user)
        runs.carry_on(run.pk)
        run.refresh_from_db()
        return run

    return hand_in


def go_on(run, state):
    """Let the next step be done, and return the run."""
    assert runs.begin(run, state)
    runs.carry_on(run.pk)
    run.refresh_from_db()
    return run


def stored(run):
    """Confirm the run, and return it."""
    return go_on(run, ImportRun.State.APPLYING)


def errors(run):
    """Return what the run says is wrong: row, column, sentence."""
    return [(step["line"], *error) for step in run.steps for error in step["errors"]]


NEW_ROW = {
    "Titel": "Åben café for unge",
    "Kort fortalt": "Kom og spis.",
    "Hvem står bag": "headspace Danmark",
    "Behov": "",
    "Yngste alder": "12",
    "Ældste alder": "",
    "Pris": "Gratis",
    "Telefon": "70 20 12 01 (dag; nat); 112",
    "E-mail": "cafe@example.org",
    "Åbningstider": "man-tor 9-15.30, fre 9-12",
    "Telefontider": "døgnåbent",
    "Hjemmeside": "www.example.org/cafe",
    "Kommuner": "265; Lejre",
    "Vises fra": "3.2.2027",
    "Lukket på helligdage": "ja",
}


def new(**more):
    return {**NEW_ROW, "Hvem står bag": Organisation.objects.get(slug="headspace-danmark").name, **more}


def as_text(*rows, sign=";"):
    return text(list(rows[0]), *(list(row.values()) for row in rows), sign=sign)


def test_a_new_offer_comes_with_hours_contacts_and_needs(handed_in):
    need = Need.objects.exclude(parent=None).first()
    before = Offer.objects.count()
    run = handed_in(as_text(new(Behov=need.name)))
    assert (run.state, errors(run), run.new) == (ImportRun.State.READY, [], 1)
    assert Offer.objects.count() == before
    assert stored(run).state == ImportRun.State.DONE
    offer = Offer.objects.get(slug="aaben-cafe-for-unge")
    assert (offer.min_age, offer.cost, offer.status) == (12, "gratis", "kladde")
    assert (offer.url, offer.publish_from) == ("https://www.example.org/cafe", date(2027, 2, 3))
    assert offer.closed_on_public_holidays is True
    assert list(offer.needs.all()) == [need]
    assert {one.code for one in offer.municipalities.all()} == {"0265", "0350"}
    contacts = [(one.kind, one.value, one.label) for one in offer.contact_points.in_order()]
    assert ("telefon", "70 20 12 01", "dag; nat") in contacts
    assert len(contacts) == 3
    hours = offer.opening_hours.filter(channel="fremmoede")
    assert [(row.weekday, row.opens, row.closes) for row in hours][-1] == (4, time(9), time(12))
    assert offer.opening_hours.filter(channel="telefon").count() == 7
    assert "cafe" in offer.search_text.replace("é", "e")
    assert offer.sort_key


def test_what_is_taken_out_and_handed_in_again_changes_nothing(handed_in, editor):
    for sheet in SHEETS.values():
        name = sheet.model._meta.model_name
        for view in ("xlsx", "csv"):
            content = editor.get(f"/admin/offers/{name}/tabel/{view}/").content
            run = handed_in(content, sheet)
            assert errors(run) == []
            assert [step for step in run.steps if step["kind"] != "uændret"] == [], (name, view)


def test_a_person_who_said_yes_stays_in_the_table_and_keeps_her_yes(handed_in, editor):
    offer = Offer.objects.get(slug=OLD)
    offer.contact_points.filter(kind="e-mail").delete()
    offer.contact_points.create(kind="e-mail", value="anne.hansen@by.dk", has_consent=True)
    taken_out = editor.get("/admin/offers/offer/tabel/xlsx/").content
    assert errors(handed_in(taken_out)) == []
    run = stored(handed_in(text(["Nøgle", "E-mail"], [OLD, "anne.hansen@by.dk; post@by.dk"])))
    contacts = offer.contact_points.filter(kind="e-mail")
    assert dict(contacts.values_list("value", "has_consent")) == {
        "anne.hansen@by.dk": True,
        "post@by.dk": False,
    }
    go_on(run, ImportRun.State.UNDOING)
    assert list(contacts.values_list("value", "has_consent")) == [("anne.hansen@by.dk", True)]


def test_a_person_who_was_not_asked_is_refused_with_what_one_can_do(handed_in):
    run = handed_in(text(["Nøgle", "E-mail"], [OLD, "anne.hansen@by.dk"]))
    [(line, heading, told)] = errors(run)
    assert (line, heading) == (2, "E-mail")
    assert "skriv det ind på siden" in told


def test_changes_are_shown_field_by_field_and_stored(handed_in):
    offer = Offer.objects.get(slug=OLD)
    offer.contact_points.filter(kind="telefon").update(value="116 111")
    run = handed_in(text(["Nøgle", "Titel", "Telefontider"], [OLD, "Ny titel", "man-fre 10-12"]))
    [step] = run.steps
    assert [step["kind"], step["changes"][0][::2]] == ["ændret", ["Titel", "Ny titel"]]
    assert step["changes"][1][2] == "man-fre 10-12"
    revision = offer.revision
    stored(run)
    offer.refresh_from_db()
    assert (offer.title, offer.sort_key) == ("Ny titel", "ny titel")
    assert offer.revision != revision
    assert offer.opening_hours.filter(channel="telefon").count() == 5
    assert offer.contact_points.filter(kind="telefon").exists()


WRONG = {
    "Yngste alder": ("x", "ikke et tal"),
    "Ældste alder": ("3,5", "helt tal"),
    "Pris": ("billigt", "Skriv et af: Gratis"),
    "Behov": ("findes ikke", "står ikke på listen over behov"),
    "Åbningstider": ("når vi er her", "kan ikke læses"),
    "Telefon": ("12", "ikke et telefonnummer"),
    "Vises fra": ("31.2.2027", "findes ikke"),
    "Hjemmeside": ("https://ikke en adresse", "gyldig"),
    "Lukket på helligdage": ("måske", "ja eller nej"),
    "Titel": ("x" * 200, "120"),
    "Hvem står bag": ("", "Her skal stå noget"),
}


@pytest.mark.parametrize("heading", WRONG)
def test_what_is_wrong_is_told_with_row_and_column_and_nothing_is_stored(handed_in, heading):
    value, said = WRONG[heading]
    before = Offer.objects.count()
    good, bad = new(), {**new(Titel="En anden"), heading: value}
    run = handed_in(as_text(good, bad))
    assert run.state == ImportRun.State.REFUSED
    [(line, column, sentence)] = errors(run)
    assert (line, column) == (3, heading)
    assert said in sentence
    assert not runs.begin(run, ImportRun.State.APPLYING)
    assert Offer.objects.count() == before


def test_errors_in_a_spreadsheet_name_the_letter_of_the_column(handed_in):
    run = handed_in(xlsx(["Titel", "Yngste alder"], ["Noget", "x"]))
    assert (2, "Yngste alder (B)") in [error[:2] for error in errors(run)]


def test_rules_of_the_model_hold_for_every_row(handed_in):
    run = handed_in(as_text(new(Status="Offentlig", **{"Kort fortalt": ""})))
    assert errors(run) == [(2, "", "Et offentligt tilbud skal have en tekst i “kort fortalt”.")]


def test_the_same_row_twice_is_told_at_both_rows(handed_in):
    run = handed_in(
        text(["Nøgle", "Titel"], [OLD, "a"], ["ny-noegle", "b"], [OLD, "c"], ["ny-noegle", "d"])
    )
    told = {line: sentence for line, heading, sentence in errors(run) if heading == "Nøgle"}
    assert told == {
        number: f"Række {other} i filen handler om det samme. Slet den ene."
        for number, other in ((2, 4), (4, 2), (3, 5), (5, 3))
    }


@pytest.mark.parametrize("written", ["3. februar 2027", "den 3. feb. 2027", "2027-02-03"])
def test_a_day_is_read_as_people_write_it(handed_in, written):
    run = handed_in(as_text(new(**{"Vises fra": written})))
    assert errors(run) == []
    stored(run)
    assert Offer.objects.get(slug="aaben-cafe-for-unge").publish_from == date(2027, 2, 3)


def test_a_file_in_any_letters_and_with_any_sign_is_read(handed_in):
    rows = (["Nøgle", "Søgeord"], [OLD, "æbleskiver på åen"])
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        for sign in ";,\t":
            run = handed_in(text(*rows, sign=sign).encode(encoding))
            assert run.steps[0]["changes"][0][2] == "æbleskiver på åen", (encoding, sign)
    mixed = "Nøgle;Søgeord\r\n".encode() + f"{OLD};æblegrød\r\n".encode("cp1252")
    assert handed_in(mixed).steps[0]["changes"][0][2] == "æblegrød"


def test_days_and_numbers_of_a_spreadsheet_are_read(handed_in):
    run = handed_in(xlsx(["Nøgle", "Vises fra", "Yngste alder"], [OLD, date(2027, 2, 3), 7.0]))
    assert errors(run) == []
    stored(run)
    offer = Offer.objects.get(slug=OLD)
    assert (offer.publish_from, offer.min_age) == (date(2027, 2, 3), 7)


def test_an_empty_cell_empties_and_a_missing_column_leaves(handed_in):
    offer = Offer.objects.get(slug=OLD)
    assert offer.needs.exists()
    stored(handed_in(text(["Nøgle", "Behov", "Titel"], [OLD, "", ""])))
    offer.refresh_from_db()
    assert not offer.needs.exists()
    assert offer.title
    assert offer.contact_points.exists()


def test_guarded_cells_lose_their_guard(handed_in):
    stored(handed_in(text(["Nøgle", "Kort fortalt"], [OLD, "'=1+1"])))
    assert Offer.objects.get(slug=OLD).summary == "=1+1"


def test_what_changed_since_the_list_was_shown_is_shown_anew(handed_in):
    run = handed_in(text(["Nøgle", "Titel"], [OLD, "Ny titel"]))
    Offer.objects.filter(slug=OLD).update(title="En andens titel")
    run = stored(run)
    assert run.state == ImportRun.State.READY
    assert run.message == runs.OUTDATED
    assert run.steps[0]["changes"][0][1] == "En andens titel"
    assert stored(run).state == ImportRun.State.DONE


def test_a_rule_broken_in_the_middle_leaves_nothing_half_done(boss):
    """The key is taken between the last look and the saving, as by another editor."""
    rows = [new(Titel=f"Tilbud {n}", Nøgle=f"nyt-{n}") for n in range(5)]
    found = plan(read(as_text(*rows).encode(), OFFERS), OFFERS, who(boss))
    assert found.may_be_done
    Offer.objects.create(slug="nyt-3", title="Kom først", organisation=Organisation.objects.first())
    counts = [model.objects.count() for model in (Offer, ContactPoint, OpeningHours)]
    with pytest.raises(IntegrityError):
        apply(found, OFFERS)
    assert [model.objects.count() for model in (Offer, ContactPoint, OpeningHours)] == counts


def test_a_cpr_number_is_refused_and_never_shown_or_kept(handed_in):
    with pytest.raises(FileError) as refused:
        handed_in(text(["Nøgle", "Søgeord"], [OLD, "ring 010190-1234"]))
    assert "række 2, “Søgeord”" in str(refused.value)
    assert "1234" not in str(refused.value)
    assert not ImportRun.objects.exists()


def test_what_a_dead_worker_left_is_taken_on_and_what_is_at_work_is_not(handed_in):
    run = handed_in(text(["Nøgle", "Titel"], [OLD, "Ny titel"]))
    assert runs.begin(run, ImportRun.State.APPLYING)
    assert not runs.begin(run, ImportRun.State.APPLYING)
    this = ImportRun.objects.filter(pk=run.pk)
    this.update(taken_at=timezone.now())
    runs.carry_on(run.pk)
    assert Offer.objects.get(slug=OLD).title != "Ny titel"
    this.update(taken_at=timezone.now() - runs.SILENT - timedelta(seconds=1))
    assert runs.is_left(this.get())
    runs.carry_on(run.pk)
    assert Offer.objects.get(slug=OLD).title == "Ny titel"
