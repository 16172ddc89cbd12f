"""The editors' front page, the yes on the desk, and what is missing on an offer."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from offers.admin.chores import MOST, chores
from offers.models import (
    ContactPoint,
    FactCheck,
    Feedback,
    LinkCheck,
    Need,
    Offer,
    OpeningHours,
    Organisation,
    SearchMiss,
    WorkingCopy,
)
from offers.quality import GAPS, missing, with_gaps
from offers.templatetags.chores import MOST_OWN
from tests.test_offer_list import make_offer
from tests.test_workflow import revise, take

pytestmark = pytest.mark.django_db

INDEX = reverse("admin:index")


@pytest.fixture
def boss(django_user_model):
    return django_user_model.objects.create_superuser("chef")


def test_at_most_seven_things_stand_on_the_desk_each_kind_in_turn(boss):
    late = timezone.localdate() - timedelta(days=1)
    for number in range(9):
        make_offer(f"sen-{number}", review_by=late)
    Feedback.objects.create(offer=make_offer("med-brev"), kind="telefon")
    make_offer("venter", status=Offer.Status.IN_REVIEW)
    found = chores(boss)
    assert len(found) == MOST
    assert [chore.kind for chore in found[:4]] == [
        "Svar på en henvendelse",
        "Er det stadig rigtigt?",
        "Godkend eller send tilbage",
        "Kontrollér for første gang",
    ]
    assert found[1].title == "sen-0"


def test_dead_links_and_searches_without_an_answer_are_chores(boss):
    now = timezone.now()
    LinkCheck.objects.create(url="https://doed.example/", state="doed", failing_since=now, failures=3)
    SearchMiss.objects.create(words="snekugler", day=timezone.localdate(), count=9)
    SearchMiss.objects.create(words="isblomster", day=timezone.localdate(), count=1)
    found = {chore.kind: chore.title for chore in chores(boss)}
    assert found["Ret et link"] == "https://doed.example/"
    assert found["Find et svar"] == "“snekugler”"
    assert "“isblomster”" not in found.values()


def test_a_hidden_or_fresh_offer_is_no_chore(boss):
    late = timezone.localdate() - timedelta(days=1)
    make_offer("skjult", status=Offer.Status.ARCHIVED, review_by=late)
    make_offer("frisk", verified_on=timezone.localdate(), review_by=timezone.localdate())
    assert not {"skjult", "frisk"} & {chore.title for chore in chores(boss)}


def test_nobody_is_given_a_chore_that_is_not_hers_to_do(log_in):
    own, other = make_offer("egen"), make_offer("andres", organisation=Organisation.objects.last())
    late = timezone.localdate() - timedelta(days=1)
    Offer.objects.exclude(pk__in=[own.pk, other.pk]).delete()
    assert own.organisation_id != other.organisation_id
    for state in ({"review_by": late}, {"review_by": None, "verified_on": None}):
        Offer.objects.update(**state)
        page = log_in("Tilbudsejer", own.organisation).get(INDEX).content.decode()
        buttons = [reverse("admin:offers_offer_stadig_rigtigt", args=[one.pk]) for one in (own, other)]
        assert [address in page for address in buttons] == [True, False]
        page = log_in("Sagsbehandler").get(INDEX).content.decode()
        assert not any(address in page for address in buttons)
        get_user_model().objects.filter(username__startswith="person-").delete()


def test_an_association_finds_its_own_offers_on_the_front_page(log_in):
    own = make_offer("egen", title="Brætspil")
    other = make_offer("andres", title="Snekugler", organisation=Organisation.objects.last())
    WorkingCopy.objects.create(offer=own, state={}, base="", status=WorkingCopy.Status.IN_REVIEW)
    address = reverse("admin:offers_offer_change", args=[own.pk])
    page = log_in("Tilbudsejer", own.organisation).get(INDEX).text
    assert f'<a href="{address}">Brætspil</a><br>Offentlig. Din rettelse er til godkendelse' in page
    assert other.title not in page
    assert "Dine tilbud" not in log_in("Redaktør").get(INDEX).text


def test_an_association_with_many_offers_is_led_to_the_list(log_in):
    offers = [make_offer(f"egen-{number}") for number in range(MOST_OWN + 1)]
    client = log_in("Tilbudsejer", offers[0].organisation)
    assert "Se alle dine tilbud" in client.get(INDEX).text
    Offer.objects.filter(pk__in=[offer.pk for offer in offers[4:]]).delete()
    assert "Se alle dine tilbud" not in client.get(INDEX).text


def test_a_new_version_of_a_public_offer_waits_on_the_desk_of_who_approves(log_in):
    offer = make_offer("samtaler", verified_on=timezone.localdate())
    page = reverse("admin:offers_offer_arbejdsgang", args=[offer.pk])
    copy = WorkingCopy.objects.create(offer=offer, state={}, base="")
    approver = log_in("Godkender")
    assert page not in approver.get(INDEX).content.decode()
    copy.status = WorkingCopy.Status.IN_REVIEW
    copy.save()
    assert page in approver.get(INDEX).content.decode()
    assert page not in log_in("Redaktør").get(INDEX).content.decode()


def test_what_was_sent_back_stands_on_the_desk_of_who_wrote_it(log_in, boss):
    approver = Client()
    approver.force_login(boss)
    public = Offer.objects.published().first()
    writer = log_in("Tilbudsejer", public.organisation)
    draft = make_offer("kladde", status=Offer.Status.DRAFT, organisation=public.organisation)
    user = get_user_model().objects.get(username=writer.get(INDEX).context["user"].username)

    def sent_back():
        return {chore.title for chore in chores(user) if chore.kind == "Ret, og send igen"}

    take(writer, draft, "send")
    revise(writer, public, title="Isklub")
    assert sent_back() == set()
    for offer in (draft, public):
        take(approver, offer, "retur", "Telefonen mangler")
    assert sent_back() == {str(draft), str(public)}
    take(writer, draft, "send")
    revise(writer, public, title="Isklubben")
    assert sent_back() == set()


def test_one_click_on_the_front_page_does_the_chore(editor):
    offer = make_offer("sen", review_by=timezone.localdate() - timedelta(days=1))
    address = reverse("admin:offers_offer_stadig_rigtigt", args=[offer.pk])
    assert address in editor.get(INDEX).content.decode()
    answer = editor.post(address, {"bord": "1"}, follow=True)
    assert answer.redirect_chain[0][0] == INDEX
    assert "“sen” er noteret som kontrolleret i dag" in answer.content.decode()
    offer.refresh_from_db()
    assert offer.review_by > timezone.localdate()
    assert address not in editor.get(INDEX).content.decode()


def test_the_page_of_an_offer_confirms_one_fact_apart(editor):
    offer = make_offer("samtaler", verified_on=date(2020, 1, 1))
    ContactPoint.objects.create(offer=offer, kind="telefon", value="12 34 56 78")
    page = reverse("admin:offers_offer_change", args=[offer.pk])
    assert "Overskredet" in editor.get(page).content.decode()
    editor.post(reverse("admin:offers_offer_stadig_rigtigt", args=[offer.pk]), {"fakta": "kontakt"})
    check = FactCheck.objects.get()
    assert (check.fact, check.checked_on) == ("kontakt", timezone.localdate())
    offer.refresh_from_db()
    assert offer.verified_on == date(2020, 1, 1)
    history = editor.get(reverse("admin:offers_offer_history", args=[offer.pk])).content.decode()
    assert "Stadig rigtigt: telefon og anden kontakt." in history


def test_looking_or_a_stranger_confirms_nothing(editor, client, django_user_model):
    offer = make_offer("samtaler")
    address = reverse("admin:offers_offer_stadig_rigtigt", args=[offer.pk])
    assert editor.get(address).status_code == 405
    client.force_login(django_user_model.objects.create_user("ingen"))
    assert client.post(address).status_code in {302, 403}
    assert not FactCheck.objects.exists()


@pytest.mark.parametrize("name", GAPS)
def test_each_gap_is_closed_by_what_it_asks_for(name):
    offer = make_offer("bar", summary="Kommunalbestyrelsen behandler ansøgningen.")
    assert missing(with_gaps(Offer.objects.filter(pk=offer.pk)).get()) == [
        label for label, _ in GAPS.values()
    ]
    fill = {
        "contact": lambda: ContactPoint.objects.create(offer=offer, kind="telefon", value="112"),
        "way_in": lambda: Offer.objects.filter(pk=offer.pk).update(way_in="selv"),
        "whom": lambda: Offer.objects.filter(pk=offer.pk).update(min_age=18),
        "need": lambda: offer.needs.add(Need.objects.first()),
        "hours": lambda: OpeningHours.objects.create(offer=offer, weekday=0, opens="09:00", closes="15:00"),
        "price": lambda: Offer.objects.filter(pk=offer.pk).update(cost="gratis"),
        "plain": lambda: Offer.objects.filter(pk=offer.pk).update(summary="Kom og tal med os."),
        "checked": lambda: Offer.objects.filter(pk=offer.pk).update(verified_on=date(2026, 1, 1)),
    }
    fill[name]()
    row = with_gaps(Offer.objects.filter(pk=offer.pk)).get()
    assert row.gaps == len(GAPS) - 1
    assert GAPS[name][0] not in missing(row)


def test_the_list_of_offers_is_sorted_by_what_is_missing(editor):
    make_offer("bar")
    address = reverse("admin:offers_offer_changelist")
    page = editor.get(address)
    column = page.context["cl"].list_display.index("missing")
    worst = editor.get(address, {"o": f"-{column}"}).context["cl"].result_list[0]
    assert worst.gaps == max(row.gaps for row in with_gaps(Offer.objects.all()))
