"""Rules that hold for everybody: the database refuses, and the form says why in Danish."""

from datetime import date, time

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from offers.models import (
    Closure,
    ContactPoint,
    LegalBasis,
    Need,
    Offer,
    OfferSuccession,
    OpeningHours,
    Organisation,
    StartDate,
    Synonym,
    Venue,
)
from policies.models import (
    Committee,
    Delivery,
    Document,
    Goal,
    IdeaDecision,
    IdeaLink,
    Initiative,
    Meeting,
    Policy,
    Sdg,
)

pytestmark = pytest.mark.django_db


def kl():
    return Organisation.objects.get(slug="kl")


def offer():
    return Offer.objects.get(slug="headspace-roskilde")


def policy(**fields):
    return Policy(**{"slug": "ny", "title": "Ny", "kind": "politik", "authority": kl(), **fields})


def new_offer(**fields):
    return Offer(**{"slug": "ny", "title": "Ny", "organisation": kl(), **fields})


def idea():
    return Goal.objects.get(slug="sundhedsplejerske")


def goal():
    return Goal.objects.get(slug="maal-1-kerneopgaven")


def decision(**fields):
    return IdeaDecision(**{"goal": idea(), "decided_on": date(2026, 1, 1), **fields})


BROKEN = {
    "ages turned round": (lambda: new_offer(min_age=12, max_age=9), "må ikke være lavere"),
    "a meeting that ends before it begins": (
        lambda: Meeting(
            committee=Committee.objects.first(),
            held_on=date(2027, 1, 1),
            starts_at=time(9),
            ends_at=time(8),
        ),
        "slutter, før det begynder",
    ),
    "an unknown status of an idea": (lambda: decision(status="x"), "“Status” kender ikke den værdi"),
    "an idea rejected without a reason": (lambda: decision(status="afvist"), "Skriv begrundelsen."),
    "an idea linked to nothing": (
        lambda: IdeaLink(idea=idea(), reason="x"),
        "enten et mål eller et udvalg",
    ),
    "an idea linked to two things": (
        lambda: IdeaLink(idea=idea(), goal=goal(), committee=Committee.objects.first(), reason="x"),
        "enten et mål eller et udvalg",
    ),
    "an idea linked to itself": (lambda: IdeaLink(idea=idea(), goal=idea(), reason="x"), "sig selv"),
    "an idea linked without a reason": (lambda: IdeaLink(idea=idea(), goal=goal()), "hvor i kilden"),
    "a goal with a theme": (
        lambda: Goal(
            policy=goal().policy, slug="ny", title="Ny", kind="maal", theme=Need.objects.get(slug="bolig")
        ),
        "Kun en idé har et tema.",
    ),
    "a paper of an unknown status": (
        lambda: Document(slug="ny", title="Ny", kind="plan", summary="x", status="x"),
        "“Status” kender ikke den værdi",
    ),
    "an age no one has": (lambda: new_offer(min_age=130), "Alder kan højst være 120 år."),
    "a window turned round": (
        lambda: new_offer(publish_from=date(2026, 2, 1), publish_until=date(2026, 1, 1)),
        "må ikke ligge før",
    ),
    "public without a summary": (lambda: new_offer(status="offentlig"), "kort fortalt"),
    "an unknown status": (lambda: new_offer(status="x"), "“Status” kender ikke den værdi"),
    "an offer after itself": (lambda: OfferSuccession(offer=offer(), successor=offer()), "sig selv"),
    "a contact of nobody": (lambda: ContactPoint(kind="telefon", value="112"), "enten et tilbud"),
    "a contact of two": (
        lambda: ContactPoint(kind="telefon", value="112", offer=offer(), organisation=kl()),
        "enten et tilbud",
    ),
    "hours of no length": (
        lambda: OpeningHours(offer=offer(), weekday=5, opens=time(9), closes=time(9)),
        "Åbner og lukker er det samme",
    ),
    "an eighth day": (
        lambda: OpeningHours(offer=offer(), weekday=7, opens=time(9), closes=time(10)),
        "“Ugedag” kender ikke den værdi",
    ),
    "a closure turned round": (
        lambda: Closure(offer=offer(), starts_on=date(2026, 2, 1), ends_on=date(2026, 1, 1)),
        "sidste lukkedag",
    ),
    "a start before its deadline": (
        lambda: StartDate(offer=offer(), starts_on=date(2026, 1, 1), apply_by=date(2026, 2, 1)),
        "Tilmeldingen",
    ),
    "half a coordinate": (lambda: Venue(slug="x", name="x", latitude=55.6), "både breddegrad"),
    "law turned round": (
        lambda: LegalBasis(
            law="x", section="1", title="x", valid_from=date(2026, 1, 2), valid_until=date(2026, 1, 1)
        ),
        "må ikke ligge før",
    ),
    "a synonym of nothing": (lambda: Synonym(phrase="x"), "vælg et behov"),
    "an unknown kind of organisation": (
        lambda: Organisation(slug="x", name="x", kind="x"),
        "“Slags” kender ikke den værdi",
    ),
    "an unknown kind of policy": (lambda: policy(kind="x"), "“Slags” kender ikke den værdi"),
    "a link without a reason": (lambda: an_unexplained_delivery(), "hvor i kilden"),
    "an approved draft": (lambda: policy(status="udkast", approved_on=date(2026, 1, 1)), "Et udkast"),
    "a policy turned round": (
        lambda: policy(valid_from=date(2026, 1, 2), valid_until=date(2026, 1, 1)),
        "må ikke ligge før",
    ),
    "an initiative that ends before it begins": (
        lambda: Initiative(
            policy=Policy.objects.first(),
            slug="x",
            title="x",
            starts_on=date(2026, 1, 2),
            ends_on=date(2026, 1, 1),
        ),
        "skal slutte",
    ),
    "an eighteenth goal of the world": (lambda: Sdg(number=18, name="x"), "fra 1 til 17"),
    "more than the whole budget": (
        lambda: Committee(slug="x", name="x", authority=kl(), budget_share=101),
        "fra 0 til 100",
    ),
    "a paper of the year 20": (
        lambda: Document(slug="x", title="x", kind="andet", summary="x", year=20),
        "fire cifre",
    ),
    "two meetings on a day": (
        lambda: Meeting(committee=a_committee(), held_on=date(2026, 1, 1)),
        "allerede et møde",
    ),
    "the same hours twice": (
        lambda: OpeningHours(
            offer=offer(),
            weekday=0,
            opens=time(11),
            closes=time(12),
            venue=offer().opening_hours.first().venue,
        ),
        "åbningstid står der allerede",
    ),
    "two goals with one anchor": (lambda: a_goal(), "mål med det anker"),
    "an offer twice under an initiative": (lambda: a_delivery(), "allerede under indsatsen"),
}


@pytest.mark.parametrize(
    "model", [*apps.get_app_config("offers").get_models(), *apps.get_app_config("policies").get_models()]
)
def test_every_choice_is_known_to_the_database(model):
    names = {constraint.name for constraint in model._meta.constraints}
    for field in model._meta.fields:
        if field.choices:
            assert f"{model._meta.model_name}_{field.name}_is_known" in names


def a_committee():
    committee = Committee.objects.first()
    Meeting.objects.get_or_create(committee=committee, held_on=date(2026, 1, 1))
    return committee


def a_goal():
    goal = Goal.objects.first()
    return Goal(policy=goal.policy, slug=goal.slug, title="x", kind="maal")


def an_unexplained_delivery():
    return Delivery(initiative=Initiative.objects.first(), offer=new_saved_offer())


def new_saved_offer():
    offer = new_offer()
    offer.save()
    return offer


def a_delivery():
    link = Delivery.objects.first()
    return Delivery(initiative=link.initiative, offer=link.offer, reason="x")


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(name):
    row = BROKEN[name][0]()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize("name", BROKEN)
def test_the_form_says_why_in_danish(name):
    build, sentence = BROKEN[name]
    with pytest.raises(ValidationError) as raised:
        build().validate_constraints()
    assert sentence in " ".join(raised.value.messages)


def test_rings_and_third_levels_are_refused():
    top, part = policy(slug="top"), policy(slug="del")
    top.save()
    part.parent = top
    part.save()
    top.parent = part
    with pytest.raises(ValidationError, match="i ring"):
        top.full_clean()
    third = Need(slug="x", name="x", parent=Need.objects.get(slug="ensom"))
    with pytest.raises(ValidationError, match="kun to niveauer"):
        third.full_clean()
    first, second = Goal.objects.order_by("policy")[0], Goal.objects.order_by("-policy")[0]
    first.parent = second
    with pytest.raises(ValidationError, match="samme politik"):
        first.full_clean()


@pytest.mark.parametrize(
    ("kind", "value", "good"),
    [
        ("telefon", "112", True),
        ("telefon", "116 111", True),
        ("telefon", "1888", True),
        ("telefon", "114", True),
        ("telefon", "1813", True),
        ("telefon", "116111", True),
        ("telefon", "113", False),
        ("sms", "1234", False),
        ("telefon", "70 201 201", True),
        ("telefon", "+46 8 123 456 78", True),
        ("telefon", "12", False),
        ("telefon", "ring bare", False),
        ("sms", "47 47 10 20", True),
        ("e-mail", "post@example.dk", True),
        ("e-mail", "post", False),
        ("web", "https://example.dk", True),
        ("chat", "javascript:alert(1)", False),
    ],
)
def test_nobody_calls_or_writes_in_vain(kind, value, good):
    contact = ContactPoint(offer=offer(), kind=kind, value=value)
    if good:
        contact.full_clean()
    else:
        with pytest.raises(ValidationError):
            contact.full_clean()
