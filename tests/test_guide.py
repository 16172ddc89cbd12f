"""“Nyt tilbud trin for trin”: asked as people think, nothing lost, nothing overwritten in silence."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from offers.admin.guide_steps import STEPS
from offers.models import ContactPoint, Format, Need, Offer, Organisation, TargetGroup, Venue, Version
from offers.quality import GAPS
from tests.test_cpr import DATE, LAST

pytestmark = pytest.mark.django_db

START = "/admin/offers/offer/guide/"
TITLE = "Snak over en kop kaffe"


@pytest.fixture
def own():
    return Organisation.objects.get(slug="headspace-danmark")


@pytest.fixture
def owner(log_in, own):
    return log_in("Tilbudsejer", own)


def page(offer, name):
    return f"/admin/offers/offer/{offer.pk}/guide/{name}/"


def sent(client, address, **answers):
    """Send the page at an address as a browser does: what stands there, and these answers."""
    context = client.get(address).context
    data = {"_version": context["form"].seen, "uuid": context["offer"].uuid}
    for bound in context["form"]:
        value = bound.value()
        data[bound.html_name] = (
            [getattr(one, "pk", one) for one in value] if isinstance(value, list) else value
        )
    data |= answers
    return client.post(address, {key: value for key, value in data.items() if value not in (None, False)})


def begun(client, **answers):
    """Return the draft that the first page makes."""
    sent(client, START, **{"title": TITLE, **answers})
    return Offer.objects.get(title=TITLE)


def test_an_association_answers_page_by_page_and_sends_it(owner, own):
    need, group = Need.objects.exclude(parent=None).first(), TargetGroup.objects.first()
    answer = sent(owner, START, title=TITLE, target_groups=[group.pk], min_age=15, max_age=25)
    offer = Offer.objects.get(title=TITLE)
    assert answer["Location"] == page(offer, "hjaelp")
    assert (offer.organisation, offer.status, offer.slug) == (own, "kladde", "snak-over-en-kop-kaffe")
    answer = sent(owner, page(offer, "hjaelp"), needs=[need.pk], formats=[Format.objects.first().pk])
    assert answer["Location"] == page(offer, "kontakt")
    said = {"phone": "47 47 10 21", "phone_hours": "man-tor 9-15, fre 9-12", "visit_hours": "tir 16-18.30"}
    venue = Venue.objects.filter(confidential=False).first()
    sent(owner, page(offer, "kontakt"), **said, email="kontakt@example.org", venues=[venue.pk])
    sent(owner, page(offer, "vilkaar"), cost="gratis", way_in="selv", anonymous="ja", way_in_note="Ring.")
    answer = sent(owner, page(offer, "tekst"), summary="Kom og snak. Vi har kaffe.")
    assert answer["Location"] == page(offer, "se")
    offer.refresh_from_db()
    assert (offer.min_age, offer.cost, offer.way_in, offer.anonymous) == (15, "gratis", "selv", "ja")
    assert {*offer.contact_points.values_list("kind", "value")} == {
        ("telefon", "47 47 10 21"),
        ("e-mail", "kontakt@example.org"),
    }
    assert offer.opening_hours.filter(channel="telefon").count() == 5
    assert offer.opening_hours.filter(channel="fremmoede").count() == 1
    look = owner.get(page(offer, "se"))
    assert "Der mangler ikke noget" in look.text
    form = {"trin": "send", "_version": look.context["token"]}
    owner.post(reverse("admin:offers_offer_arbejdsgang", args=[offer.pk]), form)
    offer.refresh_from_db()
    assert offer.status == Offer.Status.IN_REVIEW
    assert owner.get(page(offer, "se"))["Location"] == f"/admin/offers/offer/{offer.pk}/change/"


def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(owner):
    assert "Skriv, hvad I kalder det." in sent(owner, START, title="", min_age=12).text
    assert not Offer.objects.filter(min_age=12, title="").exists()
    offer = begun(owner)
    wrong = {
        "phone": "12",
        "phone_hours": "når vi er her",
        "url": "ikke en adresse",
        "starts_note": "Til maj",
    }
    answer = sent(owner, page(offer, "kontakt"), **wrong)
    told = answer.context["form"].errors
    assert {*told} == {"phone", "phone_hours", "url"}
    assert "kan ikke læses" in str(told["phone_hours"])
    for text in wrong.values():
        assert text in answer.text
    assert not offer.contact_points.exists()
    offer.refresh_from_db()
    assert offer.starts_note == ""


def test_going_back_and_home_keeps_what_was_typed(owner):
    offer = begun(owner)
    answer = sent(owner, page(offer, "hjaelp"), keywords="kaffe, snak", til="tilbage")
    assert answer["Location"] == page(offer, "hvem")
    answer = sent(owner, page(offer, "tekst"), summary="Kom.", til="senere")
    assert answer["Location"] == "/admin/"
    offer.refresh_from_db()
    assert (offer.keywords, offer.summary) == ("kaffe, snak", "Kom.")
    assert TITLE in owner.get(START).text  # where she finds it another day
    assert f"/{offer.pk}/guide/se/" in owner.get(f"/admin/offers/offer/{offer.pk}/change/").text


def test_an_answer_corrected_from_the_last_page_leads_back_to_it(owner):
    offer = begun(owner)
    assert sent(owner, page(offer, "hvem"), fra="se")["Location"] == page(offer, "se")


def test_the_first_page_sent_twice_makes_one_draft(owner, own):
    form = {"title": TITLE, "organisation": own.pk, "uuid": str(uuid.uuid4())}
    first, again = owner.post(START, form), owner.post(START, form)
    assert first["Location"] == again["Location"]
    assert Offer.objects.filter(title=TITLE).count() == 1


def test_two_drafts_of_one_name_get_addresses_of_their_own(owner, own):
    for _ in range(2):
        owner.post(START, {"title": TITLE, "organisation": own.pk})
    assert Offer.objects.filter(title=TITLE).values("slug").distinct().count() == 2


def test_a_name_in_a_long_list_is_found_by_typing(editor, own):
    assert Organisation.objects.count() > 25
    answer = sent(editor, START, title=TITLE, find="organisation", organisation_ord="HEADSPACE dan")
    shown = [str(box.choice_label) for box in answer.context["form"]["organisation"].subwidgets]
    assert shown == ["headspace Danmark"]
    assert TITLE in answer.text
    assert "Vælg, hvem der står bag." not in answer.text
    assert not Offer.objects.filter(title=TITLE).exists()
    assert begun(editor, organisation=own.pk).organisation == own


def test_what_a_colleague_wrote_meanwhile_is_told_before_it_is_overwritten(owner):
    offer = begun(owner)
    stale = owner.get(page(offer, "tekst")).context["form"].seen
    sent(owner, page(offer, "tekst"), summary="Kollegaens tekst.")
    told = owner.post(page(offer, "tekst"), {"summary": "Min tekst.", "_version": stale})
    assert "En anden har rettet det samme" in told.text
    assert "Kollegaens tekst." in told.text
    assert "Min tekst." in told.text
    offer.refresh_from_db()
    assert offer.summary == "Kollegaens tekst."
    owner.post(page(offer, "tekst"), {"summary": "Min tekst.", "_version": told.context["form"].seen})
    offer.refresh_from_db()
    assert offer.summary == "Min tekst."


def test_without_its_token_a_page_is_not_stored(owner):
    offer = begun(owner)
    assert owner.post(page(offer, "tekst"), {"summary": "Blindt."}).status_code == 200
    offer.refresh_from_db()
    assert offer.summary == ""


@pytest.mark.parametrize(("name", "field"), [("tekst", "description"), ("kontakt", "phone")])
def test_a_cpr_number_is_taken_out_and_never_shown(owner, name, field):
    offer = begun(owner)
    answer = sent(owner, page(offer, name), **{field: f"Ring til {DATE}-{LAST}"})
    assert "Vi har fjernet det" in answer.text
    assert LAST not in re.sub(r"<[^>]*(?:csrf|_version)[^>]*>", "", answer.text)
    assert not Version.objects.filter(state__icontains=LAST, row=offer.pk, model="offers.offer").exists()


@pytest.mark.parametrize("role", ["Tilbudsejer", "Redaktør"])
def test_a_cpr_number_in_the_box_that_finds_names_is_refused_also_where_there_is_no_box(log_in, own, role):
    form = {"title": TITLE, "find": "organisation", "organisation_ord": DATE + LAST}
    answer = log_in(role, own).post(START, form)
    assert DATE + LAST not in answer.text
    assert answer.status_code == 200
    assert not Offer.objects.filter(title=TITLE).exists()


def test_a_persons_own_address_asks_for_consent(owner):
    offer = begun(owner)
    answer = sent(owner, page(offer, "kontakt"), email="anne.hansen@example.org")
    assert "sagt ja" in str(answer.context["form"].errors["has_consent"])
    sent(owner, page(offer, "kontakt"), email="anne.hansen@example.org", has_consent="on")
    assert offer.contact_points.get().has_consent


def test_other_numbers_and_hours_of_a_draft_are_left_alone(owner):
    offer = begun(owner)
    for number, order in (("112", 2), ("113", 1)):
        ContactPoint.objects.create(offer=offer, kind="telefon", value=number, label="vagt", order=order)
    sent(owner, page(offer, "kontakt"), phone="114", visit_hours="man 9-12 (kun efter aftale)")
    assert {*offer.contact_points.values_list("value", "label")} == {("112", "vagt"), ("114", "vagt")}
    kept = {*offer.opening_hours.values_list("pk", "note")}
    sent(owner, page(offer, "kontakt"), phone="")
    assert {*offer.contact_points.values_list("value", flat=True)} == {"112"}
    assert {*offer.opening_hours.values_list("pk", "note")} == kept
    answer = sent(owner, page(offer, "kontakt"), phone="112", email="a@b.dk")
    assert answer.status_code == 302


def test_what_looks_the_same_is_told(owner):
    offer = begun(owner)
    Offer.objects.filter(pk=offer.pk).update(title="BørneTelefonen")
    assert "Det ligner noget, der er her i forvejen" in owner.get(page(offer, "hjaelp")).text
    assert "Det ligner noget, der er her i forvejen" in owner.get(page(offer, "se")).text


def test_an_association_writes_only_for_itself(owner, own):
    other = Organisation.objects.exclude(pk=own.pk).first()
    assert sent(owner, START, title=TITLE, organisation=other.pk).status_code == 200
    assert not Offer.objects.filter(title=TITLE).exists()
    theirs = Offer.objects.create(title="Andres", slug="andres", organisation=other)
    live = Offer.objects.published().filter(organisation=own).first()
    for name in (*(step.name for step in STEPS), "se"):
        assert owner.get(page(theirs, name)).status_code == 404
        assert owner.get(page(live, name))["Location"] == f"/admin/offers/offer/{live.pk}/change/"
    assert owner.get(page(theirs, "findes-ikke")).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"), [("Sagsbehandler", 403), ("Redaktør", 200), ("Godkender", 200)]
)
def test_whoever_may_make_an_offer_may_use_the_guide(log_in, role, status):
    client = log_in(role)
    assert client.get(START).status_code == status
    link = f'href="{START}"'
    for address in "/admin/", "/admin/offers/offer/":
        assert (link in client.get(address).text) is (status == 200)
    draft = Offer.objects.create(title="Kladde", slug="kladde-1", organisation=Organisation.objects.first())
    assert client.get(page(draft, "se")).status_code == status
    assert Client().get(START).status_code == 302


def test_every_draft_keeps_who_made_it(owner):
    offer = begun(owner)
    sent(owner, page(offer, "tekst"), summary="Kom.")
    versions = Version.objects.of(Offer, offer.pk)
    assert [(one.kind, one.by.username) for one in versions] == [
        ("rettet", "person-Tilbudsejer"),
        ("oprettet", "person-Tilbudsejer"),
    ]


def test_every_gap_that_an_author_can_fill_has_a_page():
    assert {gap for step in STEPS for gap in step.gaps} == {*GAPS} - {"checked"}
