"""The inbox of reports, and what no form of the desk takes."""

import doctest
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from offers import persons
from offers.models import ContactPoint, Feedback, Offer
from tests.desks import browser_form, make
from tests.test_offer_list import make_offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    return Feedback.objects.create(offer=make_offer("samtaler"), kind="telefon", text="Nummeret er lukket.")


def page_of(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def born(day):
    """Return what has the form of a CPR number, made here so that none stands in the tree."""
    return f"{day:%d%m%y}-{1000 + day.day}"


def test_a_report_is_taken_answered_and_closed_with_a_reason(editor, report):
    chosen = {"action": "take", "_selected_action": [report.pk]}
    answer = editor.post(reverse("admin:offers_feedback_changelist"), chosen, follow=True)
    assert "Du tager dig nu af 1." in answer.content.decode()
    report.refresh_from_db()
    assert report.assigned_to is not None
    page = page_of(report)
    refused = editor.post(page, browser_form(editor, page) | {"is_closed": "on"})
    assert "Skriv, hvad der blev gjort, før henvendelsen lukkes." in refused.content.decode()
    editor.post(page, browser_form(editor, page) | {"is_closed": "on", "outcome": "Nyt nummer."})
    report.refresh_from_db()
    assert report.closed_at is not None
    form = browser_form(editor, page)
    form.pop("is_closed")
    editor.post(page, form)
    report.refresh_from_db()
    assert report.closed_at is None


def test_an_editor_gives_a_report_to_a_colleague_who_may_answer_it(log_in, django_user_model, report):
    log_in("Sagsbehandler")
    gone = django_user_model.objects.create_user("fratraadt", is_staff=True, is_active=False)
    log_in("Godkender")
    client = log_in("Redaktør")
    page = page_of(report)
    field = client.get(page).context["adminform"].form.fields["assigned_to"]
    assert {user.username for user in field.queryset} == {"person-Godkender", "person-Redaktør"}
    colleague = django_user_model.objects.get(username="person-Godkender")
    client.post(page, browser_form(client, page) | {"assigned_to": colleague.pk})
    report.refresh_from_db()
    assert report.assigned_to == colleague
    Feedback.objects.update(assigned_to=gone)
    client.post(page, browser_form(client, page) | {"outcome": "Vi ser på det."})
    report.refresh_from_db()
    assert (report.assigned_to, report.outcome) == (gone, "Vi ser på det.")


@pytest.mark.parametrize(
    ("kind", "anchor"), [("telefon", "contact_points-group"), ("aabningstid", "opening_hours-group")]
)
def test_a_report_leads_to_the_field_it_is_about(editor, report, kind, anchor):
    Feedback.objects.update(kind=kind)
    assert f'href="{page_of(report.offer)}#{anchor}"' in editor.get(page_of(report)).content.decode()
    assert f'id="{anchor}"' in editor.get(page_of(report.offer)).content.decode()


def test_reports_are_listed_by_whose_they_are(editor, report):
    other = Feedback.objects.create(offer=report.offer, kind="andet", text="Noget.")
    user = editor.get(reverse("admin:index")).context["user"]
    Feedback.objects.filter(pk=report.pk).update(assigned_to=user)
    address = reverse("admin:offers_feedback_changelist")
    assert list(editor.get(address, {"hvem": "mig"}).context["cl"].queryset) == [report]
    assert list(editor.get(address, {"hvem": "ingen"}).context["cl"].queryset) == [other]


@pytest.mark.parametrize("field", ["title", "description", "internal_note", "url"])
def test_no_text_of_an_offer_takes_a_cpr_number(editor, field):
    offer = make(Offer, title="Før")
    number = born(date(1990, 1, 1))
    text = f"https://x.example/{number}" if field == "url" else f"Skriv til {number} i dag"
    page = page_of(offer)
    answer = editor.post(page, browser_form(editor, page) | {field: text, "summary": "Bliver husket"})
    html = answer.content.decode()
    assert "Her stod et CPR-nummer. Vi har fjernet det og gemmer det ikke." in html
    assert number not in html
    assert "Bliver husket" in html
    offer.refresh_from_db()
    assert number not in getattr(offer, field)


def test_no_row_on_a_page_takes_one_either(editor):
    offer = make(Offer)
    row = make(ContactPoint, offer=offer, kind="telefon", value="70 20 12 01")
    page, number = page_of(offer), born(date(1985, 5, 5))
    sent = browser_form(editor, page) | {"contact_points-0-label": f"Spørg efter {number}"}
    html = editor.post(page, sent).content.decode()
    assert "Her stod et CPR-nummer." in html
    assert number not in html
    row.refresh_from_db()
    assert row.label == ""


def test_the_examples_in_the_docstrings_hold():
    results = doctest.testmod(persons)
    assert results.attempted
    assert not results.failed


def test_what_is_a_persons_own_stands_here_only_with_her_yes():
    offer = make_offer("samtaler")
    point = ContactPoint(offer=offer, kind="e-mail", value="anne.hansen@by.example")
    with pytest.raises(ValidationError, match="har sagt ja"):
        point.full_clean()
    point.has_consent = True
    point.full_clean()
    ContactPoint(offer=offer, kind="e-mail", value="borger.service@by.example").full_clean()


def test_it_goes_with_the_offer():
    offer = make_offer("samtaler")
    mine = {"kind": "e-mail", "value": "anne.hansen@by.example", "has_consent": True}
    ContactPoint.objects.create(offer=offer, **mine)
    offer.delete()
    assert not ContactPoint.objects.filter(value__startswith="anne").exists()
