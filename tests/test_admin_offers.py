"""What an editor does with an offer: write it, check it, publish it."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from offers.models import Offer, Organisation, Synonym
from tests.desks import make

pytestmark = pytest.mark.django_db


def offer_form(client, url, **answers):
    """Return what a browser would send from the offer's page when it holds `answers` and no rows."""
    context = client.get(url).context
    data = {
        "way_in": "ukendt",
        "anonymous": "ukendt",
        "cost": "ukendt",
        "status": "kladde",
        "acute_order": "100",
    }
    data["closed_on_public_holidays"] = "unknown"
    for inline in context["inline_admin_formsets"]:
        data |= {f"{inline.formset.prefix}-{forms}_FORMS": "0" for forms in ("TOTAL", "INITIAL")}
    return data | answers


def rule(name):
    """Return the sentence that the constraint of that name answers with, as it stands in HTML."""
    found = next(each for each in Offer._meta.constraints if each.name == name)
    return escape(found.violation_error_message)


def run_action(client, action, *offers):
    """Run one of the list's actions on `offers` and return the page that follows, as text."""
    url = reverse("admin:offers_offer_changelist")
    chosen = {"action": action, "_selected_action": [offer.pk for offer in offers]}
    return client.post(url, chosen, follow=True).content.decode()


def test_age_range_turned_round_is_told_in_danish(editor):
    url = reverse("admin:offers_offer_add")
    answers = {"title": "Prøve", "slug": "proeve", "organisation": make(Organisation).pk}
    data = offer_form(editor, url, **answers, min_age=30, max_age=18)
    text = editor.post(url, data).content.decode()
    assert rule("offer_ages_in_order") in text
    assert not Offer.objects.filter(slug="proeve").exists()


def hours_form(client, url, rows):
    """Return a form for a new offer that is open on Mondays from 9 to 12, `rows` times."""
    organisation = make(Organisation).pk
    data = offer_form(client, url, title="Prøve", slug="proeve", organisation=organisation)
    data["opening_hours-TOTAL_FORMS"] = rows
    monday = {"weekday": 0, "opens": "9:00", "closes": "12:00", "channel": "fremmoede"}
    return data | {
        f"opening_hours-{row}-{name}": value for row in range(rows) for name, value in monday.items()
    }


def test_offer_is_added_with_its_opening_hours(editor):
    url = reverse("admin:offers_offer_add")
    assert editor.post(url, hours_form(editor, url, 1)).status_code == 302
    assert Offer.objects.get(slug="proeve").opening_hours.count() == 1


def test_same_opening_hours_twice_is_told_in_danish(editor):
    url = reverse("admin:offers_offer_add")
    text = editor.post(url, hours_form(editor, url, 2)).content.decode()
    assert "Den samme åbningstid står der to gange." in text


def test_synonym_in_another_letter_case_is_told_in_danish(editor):
    make(Synonym, phrase="min ø driller", means="ø")
    url = reverse("admin:offers_synonym_add")
    text = editor.post(url, {"phrase": "MIN Ø driller", "means": "ø"}).content.decode()
    assert "Den vending findes allerede" in text


def test_new_offer_is_not_shown_a_code_it_will_not_get(editor):
    assert "field-code" not in editor.get(reverse("admin:offers_offer_add")).content.decode()
    url = reverse("admin:offers_offer_change", args=[make(Offer).pk])
    assert "field-code" in editor.get(url).content.decode()


@pytest.mark.parametrize(("status", "linked"), [("offentlig", True), ("kladde", False)])
def test_page_links_to_what_the_public_sees(editor, status, linked):
    offer = make(Offer, status=status, summary="Kort", title="Prøve")
    text = editor.get(reverse("admin:offers_offer_change", args=[offer.pk])).content.decode()
    assert (f'href="{offer.get_absolute_url()}"' in text) is linked


def test_verifying_sets_the_day_and_the_next_one(editor):
    unit = make(Organisation)
    offer = make(Offer, review_by="2020-01-01", verified_by=unit)
    before = offer.updated_at
    text = run_action(editor, "mark_verified", offer)
    offer.refresh_from_db()
    assert offer.verified_on == timezone.localdate()
    assert offer.verified_by is None  # nobody knows the unit of whoever pressed the button
    assert offer.updated_at > before
    assert "1 tilbud er markeret som kontrolleret i dag." in text
    assert offer.review_by > timezone.localdate()
    history = editor.get(reverse("admin:offers_offer_history", args=[offer.pk]))
    assert "Markeret som kontrolleret." in history.content.decode()


def test_publishing_obeys_the_rules_and_says_why(editor):
    good = make(Offer, title="God", summary="Kort fortalt.")
    bad = make(Offer, title="Uden tekst", summary="")
    text = run_action(editor, "publish", good, bad)
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.status, bad.status) == ("offentlig", "kladde")
    assert "1 tilbud er gjort offentlige." in text
    assert f"“Uden tekst” blev ikke offentlig. {rule('offer_published_has_summary')}" in text


def test_editors_see_how_hard_their_texts_are_to_read(editor):
    offer = make(Offer, summary="Kommunalbestyrelsen behandler ansøgningen.", easy_text="Kom og vær med.")
    html = editor.get(reverse("admin:offers_offer_change", args=[offer.pk])).content.decode()
    assert "103, svær: højst 35 er godt" in html
    assert "4, let at læse" in html
    assert "lix" in editor.get(reverse("admin:offers_offer_add")).content.decode().lower()


def test_what_the_action_makes_public_is_found_at_once(editor, visitor):
    offer = make(Offer, title="Snekuglegruppen", summary="Vi samler på snekugler.")
    assert "Snekuglegruppen" not in visitor.get("/tilbud/?q=snekugler").content.decode()
    run_action(editor, "publish", offer)
    assert offer.get_absolute_url() in visitor.get("/tilbud/?q=snekugler").content.decode()
