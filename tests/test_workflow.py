"""From draft to public and back: who may take which step, what is kept, what the public sees meanwhile."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from offers.history.states import state_of
from offers.models import ContactPoint, Offer, Version, WorkingCopy
from offers.search import current
from tests.desks import browser_form, make
from tests.test_history import address_of, full_offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(django_user_model):
    """Return the browser of somebody who may edit offers, but not publish them."""
    person = django_user_model.objects.create_user("frivillig", is_staff=True)
    names = ["view_offer", "change_offer", "see_any_offer"]
    parts = ["contactpoint", "openinghours", "closure", "startdate", "offersuccession"]
    names += [f"{verb}_{part}" for part in parts for verb in ("view", "add", "change", "delete")]
    person.user_permissions.set(Permission.objects.filter(codename__in=names))
    browser = Client()
    browser.force_login(person)
    return browser


def page(browser, offer, name="arbejdsgang"):
    """Return one of the pages of an offer's way to the public."""
    return browser.get(reverse(f"admin:offers_offer_{name}", args=[offer.pk]))


def take(browser, offer, step, why="", **also):
    """Take a step as somebody who has looked at the page."""
    data = {"trin": step, "_why": why, "_version": page(browser, offer).context["token"], **also}
    return browser.post(reverse("admin:offers_offer_arbejdsgang", args=[offer.pk]), data, follow=True)


def public_offer():
    """Return a public offer with parts."""
    offer = full_offer()
    offer.status = "offentlig"
    offer.save()
    return offer


def revise(browser, offer, **changes):
    """Write a new version of a public offer."""
    if not WorkingCopy.objects.filter(offer=offer).exists():
        take(browser, offer, "begynd")
    url = reverse("admin:offers_offer_udgave", args=[offer.pk])
    return browser.post(url, browser_form(browser, url) | changes, follow=True)


def test_draft_goes_to_review_and_to_the_public_with_who_and_why(writer, editor, visitor):
    offer = full_offer()
    take(writer, offer, "send", "Klar")
    offer.refresh_from_db()
    assert offer.status == "til-godkendelse"
    take(editor, offer, "udgiv", "Set igennem")
    assert visitor.get(offer.get_absolute_url()).status_code == 200
    newest, older = Version.objects.of(Offer, offer.pk)[:2]
    assert (newest.by.username, newest.why) == ("redaktør", "Godkendt og gjort offentlig. Set igennem")
    assert (older.by.username, older.why) == ("frivillig", "Sendt til godkendelse. Klar")
    assert "Set igennem" in page(editor, offer).content.decode()


def test_who_may_not_publish_has_no_button_and_gets_no_further(writer):
    offer = full_offer()
    names = [step.name for step in page(writer, offer).context["steps"]]
    assert names == ["send"]
    assert take(writer, offer, "udgiv").status_code == 403


def test_enter_in_the_reason_takes_no_step(writer):
    """A browser presses the first button of a form for Enter, unless that is disabled."""
    html = page(writer, full_offer()).text
    form = html[html.index("<form", html.index('id="content-main"')) :]
    assert re.search(r"<button[^>]*>", form)[0] == '<button type="submit" disabled hidden>'
    assert form.index("disabled hidden") < form.index('name="trin"')


def test_sending_back_takes_a_reason_which_the_writer_reads(writer, editor):
    offer = full_offer()
    take(writer, offer, "send")
    assert "Skriv, hvorfor du sender det tilbage" in take(editor, offer, "retur").content.decode()
    take(editor, offer, "retur", "Telefonen mangler")
    offer.refresh_from_db()
    assert offer.status == "kladde"
    assert "Telefonen mangler" in page(writer, offer).content.decode()


def test_rules_hold_on_the_way_to_the_public(editor):
    offer = make(Offer, summary="")
    text = take(editor, offer, "udgiv").content.decode()
    assert "Et offentligt tilbud skal have en tekst i “kort fortalt”." in text
    assert not Version.objects.exists()


def test_public_sees_the_old_one_until_the_new_one_is_approved(writer, editor, visitor):
    offer = public_offer()
    address = offer.get_absolute_url()
    answer = revise(writer, offer, title="Isklub", **{"contact_points-0-value": "70 20 12 09"})
    assert "Rettelsen er sendt til godkendelse." in answer.text
    html = visitor.get(address).content.decode()
    assert "Snekugleklub" in html
    assert "70 20 12 09" not in html
    told = page(editor, offer)
    assert {one.item.key.split(":")[0] for one in told.context["proposals"]} == {"title", "contact_points"}
    assert "<td>Snekugleklub</td><td>Isklub</td>" in told.content.decode()
    take(editor, offer, "udgiv", "Passer")
    html = visitor.get(address).content.decode()
    assert "Isklub" in html
    assert "70 20 12 09" in html
    assert not WorkingCopy.objects.exists()


def test_new_rows_of_a_new_version_can_be_edited_again_and_arrive(writer, editor):
    offer = public_offer()
    new = {"contact_points-TOTAL_FORMS": 2, "contact_points-1-kind": "web", "contact_points-1-order": 300}
    revise(writer, offer, **new, **{"contact_points-1-value": "https://et.dk"})
    revise(writer, offer, **{"contact_points-1-value": "https://to.dk"})
    assert offer.contact_points.count() == 1
    take(editor, offer, "udgiv")
    assert set(offer.contact_points.values_list("value", flat=True)) == {"70 20 12 01", "https://to.dk"}


def test_what_was_checked_meanwhile_is_not_undone_by_the_approval(writer, editor):
    offer = public_offer()
    revise(writer, offer, title="Isklub")
    chosen = {"action": "mark_verified", "_selected_action": [offer.pk]}
    editor.post(reverse("admin:offers_offer_changelist"), chosen)
    take(editor, offer, "udgiv")
    offer.refresh_from_db()
    assert offer.title == "Isklub"
    assert offer.verified_on is not None


@pytest.mark.parametrize(("picked", "title"), [("mine", "Isklub"), ("theirs", "Sneklub")])
def test_where_both_were_changed_the_approver_chooses(writer, editor, picked, title):
    offer = public_offer()
    revise(writer, offer, title="Isklub")
    url = address_of(offer, "change")
    editor.post(url, browser_form(editor, url) | {"title": "Sneklub"})
    assert 'name="valg-title"' in page(editor, offer).content.decode()
    take(editor, offer, "udgiv", **{"valg-title": picked})
    offer.refresh_from_db()
    assert offer.title == title


def test_approver_publishes_only_what_she_has_seen(writer, editor):
    offer = public_offer()
    revise(writer, offer, title="Isklub")
    token = page(editor, offer).context["token"]
    revise(writer, offer, title="Noget helt andet")
    answer = take(editor, offer, "udgiv", _version=token)
    assert "Nogen har rettet imens" in answer.content.decode()
    assert Offer.objects.get(pk=offer.pk).title == "Snekugleklub"


def test_two_who_write_on_one_new_version_are_told_and_choose(writer, editor):
    offer = public_offer()
    take(writer, offer, "begynd")
    url = reverse("admin:offers_offer_udgave", args=[offer.pk])
    forms = [browser_form(browser, url) for browser in (writer, editor)]
    writer.post(url, forms[0] | {"title": "Isklub"})
    told = editor.post(url, forms[1] | {"title": "Sneklub"})
    assert [(one.theirs, one.mine) for one in told.context["choices"]] == [("Isklub", "Sneklub")]
    data = {"_version": told.context["version_token"], "_mine": told.context["mine"], "valg-title": "mine"}
    editor.post(url, data)
    assert WorkingCopy.objects.get().state["fields"]["title"] == "Sneklub"
    assert Offer.objects.get(pk=offer.pk).title == "Snekugleklub"


def test_fault_in_a_new_version_is_told_at_its_field(writer):
    offer = public_offer()
    answer = revise(writer, offer, title="")
    assert "adminform" in answer.context
    assert WorkingCopy.objects.get().state["fields"]["title"] == "Snekugleklub"


def test_new_version_can_be_dropped(writer):
    offer = public_offer()
    was = state_of(offer)
    revise(writer, offer, title="Isklub")
    take(writer, offer, "kasser")
    assert not WorkingCopy.objects.exists()
    assert state_of(offer) == was


def test_taken_down_and_fetched_again(editor, visitor):
    offer = public_offer()
    take(editor, offer, "arkiver", "Klubben er lukket")
    assert visitor.get(offer.get_absolute_url()).status_code == 404
    take(editor, offer, "genaabn")
    offer.refresh_from_db()
    assert offer.status == "kladde"


@pytest.mark.parametrize("public", [True, False])
def test_preview_shows_the_page_as_citizens_would_see_it(writer, public):
    offer = public_offer() if public else full_offer()
    if public:
        revise(writer, offer, summary="Vi samler nu på is.")
    html = page(writer, offer, "forhaandsvisning").content.decode()
    assert "Forhåndsvisning" in html
    assert ("Vi samler nu på is." in html) is public
    assert "70 20 12 01" in html
    assert Offer.objects.get(pk=offer.pk).summary == "Vi samler på snekugler."


def test_search_is_tried_with_the_draft_in_it_and_nobody_else_finds_it(writer, visitor):
    offer = full_offer()
    told = page(writer, offer, "soegning").client.get(
        reverse("admin:offers_offer_soegning", args=[offer.pk]), {"q": "snekugler"}
    )
    assert told.context["place"] == 1
    assert "Tilbuddet bliver nr. 1" in told.content.decode()
    assert offer.pk not in current.reader().index.keys
    assert "Snekugleklub" not in visitor.get("/tilbud/?q=snekugler").content.decode()


def test_search_of_a_new_version_knows_its_new_words_and_forgets_the_old(writer):
    offer = public_offer()
    revise(writer, offer, title="Isklub", summary="Vi samler nu på ispinde.", description="")
    url = reverse("admin:offers_offer_soegning", args=[offer.pk])
    told = writer.get(url, {"q": "ispinde"})
    assert told.context["place"] == 1
    assert told.context["one"].after[0].title == "Isklub"
    assert writer.get(url, {"q": "snekugleklub"}).context["place"] is None


@pytest.mark.parametrize(("name", "asked"), [("forhaandsvisning", {}), ("soegning", {"q": "snekugler"})])
def test_who_looks_at_what_is_proposed_reads_no_list_of_all_offers_while_others_wait(writer, name, asked):
    """SQLite lets nobody else save between the first change that is tried and the step back."""
    url = reverse(f"admin:offers_offer_{name}", args=[full_offer().pk])
    with CaptureQueriesContext(connection) as queries:
        writer.get(url, asked)
    said = [query["sql"] for query in queries]
    begun = [place for place, sql in enumerate(said) if sql.startswith("SAVEPOINT")]
    ended = [place for place, sql in enumerate(said) if sql.startswith("ROLLBACK TO")]
    assert len(begun) >= len(ended) == 2
    waiting = [sql for start, end in zip(begun, ended, strict=False) for sql in said[start:end]]
    assert any(sql.startswith("UPDATE") for sql in waiting)
    lists = [sql for sql in said if 'FROM "offers_offer" WHERE "offers_offer"."status"' in sql]
    assert lists
    assert not set(lists) & set(waiting)


def test_draft_that_cannot_be_shown_says_what_is_missing(writer):
    offer = make(Offer, summary="")
    url = reverse("admin:offers_offer_forhaandsvisning", args=[offer.pk])
    assert "Skriv “kort fortalt” først" in writer.get(url, follow=True).content.decode()


@pytest.mark.parametrize("name", ["arbejdsgang", "udgave", "forhaandsvisning", "soegning"])
def test_pages_are_for_those_who_may_see_the_offer(client, django_user_model, name):
    offer = public_offer()
    client.force_login(django_user_model.objects.create_user("gæst", is_staff=True))
    assert page(client, offer, name).status_code == 403


def test_working_copy_holds_its_own_parts_only(writer):
    offer = public_offer()
    revise(writer, offer, title="Isklub")
    assert ContactPoint.objects.filter(offer=offer).count() == 1
    assert min(part["id"] for part in WorkingCopy.objects.get().state["parts"]["contact_points"]) > 0


def test_who_may_not_edit_what_is_public_is_led_to_a_new_version(writer):
    html = writer.get(address_of(public_offer(), "change")).content.decode()
    assert "Ret tilbuddet" in html
    assert "det, du gemmer her, ser borgerne med det samme" not in html


def test_an_association_corrects_its_public_offer_with_one_press_and_one_save(log_in):
    offer = Offer.objects.published().filter(contact_points__kind="telefon").first()
    client = log_in("Tilbudsejer", offer.organisation)
    page = client.get(f"/admin/offers/offer/{offer.pk}/change/")
    assert "Ret tilbuddet" in page.text
    begun = client.post(
        f"/admin/offers/offer/{offer.pk}/arbejdsgang/",
        {"trin": page.context["begin"], "_version": page.context["begin_token"]},
    )
    form = browser_form(client, begun["Location"]) | {"cost_note": "Gratis for alle.", "_why": "Vi ved det"}
    told = client.post(begun["Location"], form, follow=True)
    assert "Rettelsen er sendt til godkendelse." in told.text
    copy = WorkingCopy.objects.get(offer=offer)
    assert (copy.status, copy.note) == (Offer.Status.IN_REVIEW, "Vi ved det")
    offer.refresh_from_db()
    assert offer.cost_note != "Gratis for alle."
    assert "Ret videre i den" in client.get(f"/admin/offers/offer/{offer.pk}/change/").text
