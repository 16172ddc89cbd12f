"""Editors hand in a file of meetings: they see what it would do, then it does just that, or nothing."""

import re
from datetime import date, time, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.utils import timezone

from offers.history.record import recording
from policies.meetings.files import read
from policies.meetings.plan import carry_out, plan
from policies.models import Committee, Meeting

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/policies/meeting/hent/"
SCHOOLS, HEALTH = "roskilde-skole-og-boerneudvalget", "roskilde-sundheds-og-omsorgsudvalget"
TABLE = f"dato;start;sted;udvalg\n3.2.2027;16;Rådhuset;Skole- og børneudvalget\n4.2.2027;;;{HEALTH}\n"
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:x
BEGIN:VEVENT
UID:et
DTSTART:20270203T160000
SUMMARY:Ordinært møde
END:VEVENT
BEGIN:VEVENT
UID:to
DTSTART:20270210T160000
END:VEVENT
END:VCALENDAR
"""


def calendar_of(*uids):
    """Return a calendar file with an event for each of `uids`, all on one day."""
    events = [f"BEGIN:VEVENT\nUID:{uid}\nDTSTART:20270203T160000\nEND:VEVENT\n" for uid in uids]
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{''.join(events)}END:VCALENDAR\n"


@pytest.fixture
def schools():
    """Return the committee whose meetings the calendar files have."""
    return Committee.objects.get(slug=SCHOOLS)


def hand_in(editor, text, committee=None):
    """Hand in a file, and return the page that comes back; nothing is stored by it."""
    before = list(Meeting.objects.values())
    content = text if isinstance(text, bytes) else text.encode()
    data = {"file": SimpleUploadedFile("fil", content), "committee": committee.pk if committee else ""}
    html = editor.post(ADDRESS, data).content.decode()
    assert list(Meeting.objects.values()) == before
    return html


def told(html):
    """Return the table of the page: for each line what is done, with which meeting, and the words."""
    rows = re.findall(
        r"<tr>\s*<td>(\d+)</td>\s*<td>(.*?)</td>\s*<td>(.*?)</td>\s*<td>(.*?)</td>", html, re.S
    )
    return [(int(line), *map(str.strip, rest)) for line, *rest in rows]


def confirm(editor, html):
    """Press the button of the page."""
    [confirmed] = re.findall(r'name="confirmed" value="([^"]+)"', html)
    return editor.post(ADDRESS, {"confirmed": confirmed}, follow=True)


def imported(editor, text, committee=None):
    """Hand in a file and confirm it."""
    return confirm(editor, hand_in(editor, text, committee)).content.decode()


def test_a_table_is_shown_and_then_stored(editor):
    html = hand_in(editor, TABLE)
    assert [row[:2] for row in told(html)] == [(2, "Nyt"), (3, "Nyt")]
    assert "Skole- og børneudvalget, onsdag 3. februar 2027, 16.00, Rådhuset" in html
    assert "2 møder er lagt til, og 0 er ændret." in confirm(editor, html).content.decode()
    said = Meeting.objects.get(committee__slug=SCHOOLS)
    assert (said.held_on, said.starts_at, said.place) == (date(2027, 2, 3), time(16), "Rådhuset")
    assert LogEntry.objects.filter(change_message="Lagt til fra en fil.").count() == 2


@pytest.mark.parametrize("text", [TABLE, CALENDAR])
def test_the_same_file_twice_changes_nothing(editor, schools, text):
    imported(editor, text, schools)
    before = list(Meeting.objects.values())
    html = hand_in(editor, text, schools)
    assert {row[1] for row in told(html)} == {"Uændret"}
    assert 'name="confirmed"' not in html
    assert "Der er intet nyt i filen." in html
    assert list(Meeting.objects.values()) == before


def test_what_is_changed_is_named_with_before_and_after(editor):
    imported(editor, TABLE)
    [first, _] = told(hand_in(editor, TABLE.replace("Rådhuset", "Biblioteket")))
    assert first[1] == "Ændret"
    assert first[3] == "Sted: Rådhuset → Biblioteket"
    uid = Meeting.objects.get(committee__slug=SCHOOLS).uuid
    imported(editor, TABLE.replace("Rådhuset", "Biblioteket"))
    said = Meeting.objects.get(uuid=uid)
    assert (said.place, said.sequence) == ("Biblioteket", 1)


def test_a_column_that_is_not_there_leaves_what_stood(editor):
    imported(editor, TABLE)
    imported(editor, f"dato;slut;udvalg\n3.2.2027;18;{SCHOOLS}\n")
    said = Meeting.objects.get(committee__slug=SCHOOLS)
    assert (said.place, said.ends_at) == ("Rådhuset", time(18))


def test_an_event_is_known_by_its_uid_when_it_moves(editor, schools):
    imported(editor, CALENDAR, schools)
    before = Meeting.objects.get(external_uid="et")
    html = hand_in(editor, CALENDAR.replace("20270203", "20270204"), schools)
    assert told(html)[0][1] == "Ændret"
    assert "(Ordinært møde)" in told(html)[0][2]
    confirm(editor, html)
    after = Meeting.objects.get(external_uid="et")
    assert (after.pk, after.uuid, after.held_on) == (before.pk, before.uuid, date(2027, 2, 4))


def test_two_events_may_change_places(editor, schools):
    imported(editor, CALENDAR, schools)
    imported(
        editor,
        CALENDAR.replace("UID:et", "UID:x").replace("UID:to", "UID:et").replace("UID:x", "UID:to"),
        schools,
    )
    days = dict(Meeting.objects.values_list("external_uid", "held_on"))
    assert days == {"et": date(2027, 2, 10), "to": date(2027, 2, 3)}


def test_a_meeting_written_by_hand_takes_the_uid_of_its_event(editor, schools):
    Meeting.objects.create(committee=schools, held_on=date(2027, 2, 3))
    imported(editor, CALENDAR, schools)
    assert Meeting.objects.get(held_on=date(2027, 2, 3)).external_uid == "et"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("dato\n3.2.2027\n", "Linjen nævner intet udvalg. Vælg et udvalg under filen."),
        ("dato;udvalg\n3.2.2027;Fodboldudvalget\n", "Udvalget “Fodboldudvalget” findes ikke."),
        (TABLE + "3.2.2027;;;Skole- og børneudvalget\n", "Filen har to møder i udvalget den dag."),
        (TABLE.replace(";16;", ";16;slut;"), "flere felter"),
        (f"dato;start;slut;udvalg\n3.2.2027;16;15;{SCHOOLS}\n", "Mødet slutter, før det begynder."),
        (f"dato;slut;udvalg\n3.2.2027;15;{SCHOOLS}\n", "Mødet slutter, før det begynder."),
        (f"dato;dagsorden;udvalg\n3.2.2027;roskilde;{SCHOOLS}\n", "Dagsorden: Indtast en gyldig URL."),
        (f"dato;sted;udvalg\n3.2.2027;{'x' * 161};{SCHOOLS}\n", "Sted: "),
    ],
)
def test_one_line_that_is_refused_holds_back_the_whole_file(editor, text, sentence):
    html = hand_in(editor, text)
    assert sentence in html
    assert "Filen kan ikke gemmes, før de afviste linjer er rettet." in html
    assert 'name="confirmed"' not in html


def test_two_events_on_one_day_are_told_from_one_event_that_stands_twice(editor, schools):
    twice = hand_in(editor, calendar_of("a", "a"), schools)
    two = hand_in(editor, calendar_of("a", "b"), schools)
    assert told(twice)[1][3] == "Mødet står to gange i filen. Slet den ene."
    assert told(two)[1][3] == "Filen har to møder i udvalget den dag. Ret datoen, eller slet det ene."
    assert "1 nye, 0 ændrede, 0 uændrede, 1 afviste. Intet er gemt endnu." in two


def test_a_single_meeting_is_told_in_the_singular(editor, schools):
    assert "1 møde er lagt til, og 0 er ændret." in imported(editor, calendar_of("a"), schools)


def test_an_event_on_a_day_that_is_taken_is_refused(editor, schools):
    Meeting.objects.create(committee=schools, held_on=date(2027, 2, 3), external_uid="andet")
    html = hand_in(editor, CALENDAR, schools)
    assert "Udvalget har allerede et møde den dag." in told(html)[0][3]


def test_a_name_that_two_committees_have_is_no_name(editor, schools):
    Committee.objects.create(slug="anden", name=schools.name, authority=schools.authority)
    assert f"Skriv {SCHOOLS} eller anden." in hand_in(editor, TABLE)


@pytest.mark.parametrize("content", [b"", b"\0", b"x" * 2_000_001, b"hej med dig"])
def test_a_file_that_is_none_is_told_so_at_its_field(editor, content):
    html = hand_in(editor, content)
    assert "Filen er ikke hentet." in html
    assert 'class="errorlist"' in html


def test_what_was_not_shown_is_not_stored(editor, schools):
    html = hand_in(editor, TABLE)
    Meeting.objects.create(committee=schools, held_on=date(2027, 2, 3), place="Et andet sted")
    again = confirm(editor, html).content.decode()
    assert "Kalenderen er ændret, siden du så listen." in again
    assert Meeting.objects.count() == 1
    assert told(again)[0][1] == "Ændret"
    confirm(editor, again)
    assert Meeting.objects.count() == 2


@pytest.mark.parametrize("forged", ["", "x", "x:y:z"])
def test_a_list_of_somebody_elses_making_is_refused(editor, forged):
    answer = editor.post(ADDRESS, {"confirmed": forged})
    assert "Vælg filen igen. Intet er gemt." in answer.content.decode()
    assert not Meeting.objects.exists()


def test_a_list_is_for_the_editor_who_saw_it(editor, client, django_user_model):
    html = hand_in(editor, TABLE)
    client.force_login(django_user_model.objects.create_superuser("kollega"))
    assert "Intet er gemt." in confirm(client, html).content.decode()
    assert not Meeting.objects.exists()


def test_a_fault_in_the_middle_leaves_nothing_behind(schools):
    Meeting.objects.create(committee=schools, held_on=date(2027, 2, 3))
    before = list(Meeting.objects.values())
    rows = read(TABLE.encode())
    seen = plan(rows, None)
    with connection.execute_wrapper(refuse_inserts), pytest.raises(IntegrityError), recording() as kept:
        carry_out(rows, None, seen.mark, kept)
    assert list(Meeting.objects.values()) == before


def refuse_inserts(execute, sql, params, many, context):
    """Stand in front of the database as somebody who was quicker."""
    if sql.startswith("INSERT"):
        raise IntegrityError
    return execute(sql, params, many, context)


def test_a_committee_with_very_many_meetings_can_still_be_saved(editor, schools):
    days = [timezone.localdate() + timedelta(days=number) for number in range(-300, 300)]
    Meeting.objects.bulk_create(Meeting(committee=schools, held_on=day) for day in days)
    page = f"/admin/policies/committee/{schools.pk}/change/"
    context = editor.get(page).context
    form = context["inline_admin_formsets"][1].formset
    assert [one.instance.held_on for one in form.initial_forms] == days[300:350]
    sent = {"name": "Nyt navn", "slug": SCHOOLS, "kind": "udvalg", "authority": schools.authority_id}
    sent["_version"] = context["version_token"]
    sent |= {
        f"{name}-{field}": 0 for name in ("links", "meetings") for field in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    for number, one in enumerate(form.initial_forms):
        day = one.instance.held_on + timedelta(days=1000)
        row = {
            "id": one.instance.pk,
            "committee": schools.pk,
            "held_on": day,
            "status": "planlagt",
            "place": "x",
        }
        sent |= {f"meetings-{number}-{name}": value for name, value in row.items()}
    sent |= {"meetings-TOTAL_FORMS": 50, "meetings-INITIAL_FORMS": 50}
    assert editor.post(page, sent).status_code == 302
    assert schools.meetings.filter(place="x").count() == 50
    assert schools.meetings.count() == 600


def test_who_may_not_add_and_change_meetings_does_not_get_in(client, django_user_model):
    colleague = django_user_model.objects.create_user("kollega", is_staff=True)
    colleague.user_permissions.add(Permission.objects.get(codename="change_meeting"))
    client.force_login(colleague)
    assert client.get(ADDRESS).status_code == 403
    assert ADDRESS not in client.get("/admin/policies/meeting/").content.decode()
    colleague.user_permissions.add(Permission.objects.get(codename="add_meeting"))
    assert client.get(ADDRESS).status_code == 200
    assert ADDRESS in client.get("/admin/policies/meeting/").content.decode()


def test_who_is_not_logged_in_is_asked_to(client):
    assert client.get(ADDRESS).status_code == 302
