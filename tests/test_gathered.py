"""What hangs on some rows is gathered in one statement, and is what `prefetch_related` would load."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.db.models import Count, Model, Prefetch, prefetch_related_objects
from django.utils import timezone

from offers.models import (
    Closure,
    ContactPoint,
    Format,
    Language,
    LegalBasis,
    Municipality,
    Need,
    Offer,
    OfferSuccession,
    OpeningHours,
    Organisation,
    SourceRecord,
    StartDate,
    TargetGroup,
    Venue,
)
from offers.models.gathered import OWNER, gather
from policies.models import Committee, Delivery, Goal, Initiative
from tests.test_offer_list import make_offer

pytestmark = pytest.mark.django_db

NASTY = (
    '“Ord” med \' og " og \\ og \\" og {0} og %s og 100 %, 🦊, <b>&amp;</b>,\n\tto linjer\u2028 æøå \u0001'
)


@pytest.fixture
def full():
    """Return an offer with rows of every kind, several of most, and texts that are hard to write down."""
    offer = make_offer("fuldt", title=NASTY[:100], closed_on_public_holidays=True)
    for relation, model in (
        ("needs", Need), ("target_groups", TargetGroup), ("formats", Format), ("languages", Language),
        ("municipalities", Municipality), ("legal_bases", LegalBasis),
    ):  # fmt: skip
        getattr(offer, relation).set(model.objects.order_by("-pk")[:5])
    known = {"latitude": 55.676096812345678, "longitude": 12.1 + 0.2, "street": "Gaden 1"}
    places = [
        Venue.objects.create(slug="b", name="B", municipality=Municipality.objects.first(), **known),
        Venue.objects.create(slug="a", name="A", access_note=NASTY, confidential=True),
    ]
    offer.venues.set(places)
    for venue in (None, *places):
        texts = {"venue": venue, "valid_until": date(2030, 2, 28), "note": NASTY[:90]}
        OpeningHours.objects.create(offer=offer, weekday=2, opens=time(8, 30), closes=time(0, 0), **texts)
    for days in (20, -3, 8):
        first = date(2026, 5, 1) + timedelta(days=days)
        Closure.objects.create(offer=offer, starts_on=first, ends_on=first + timedelta(days=1))
        StartDate.objects.create(offer=offer, starts_on=first, starts_at=time(18, 45, 30))
    owner = Organisation.objects.create(
        slug="under", name="Under", kind="forening", parent=offer.organisation
    )
    Offer.objects.filter(pk=offer.pk).update(organisation=owner, verified_by=owner)
    for number, whose in enumerate(({"offer": offer}, {"organisation": owner})):
        for order in (3, 1, 2):
            value = f"{number}{order} 34 56 78"
            ContactPoint.objects.create(kind="telefon", value=value, order=order, label=NASTY[:50], **whose)
    for age, slug in ((18, "bagefter"), (12, "straks")):
        OfferSuccession.objects.create(offer=offer, successor=make_offer(slug), at_age=age, note=NASTY[:90])
    for initiative in Initiative.objects.order_by("-pk")[:3]:
        initiative.goals.set(Goal.objects.filter(policy=initiative.policy)[:2])
        Delivery.objects.create(initiative=initiative, offer=offer, reason=NASTY[:90])
    taken = {"navn": [NASTY, 1.5, None, True], "æ": {}}
    SourceRecord.objects.create(source=NASTY, kind="tilbud", key="1", offer=offer, taken=taken)
    return offer


def told(row, depth=4):
    """Return all that is loaded of a row: each value with its type, and the rows beside and under it."""
    values = {
        name: value for name, value in vars(row).items() if not name.startswith("_") and name != OWNER
    }
    many = {name: values.pop(name) for name in list(values) if isinstance(values[name], list)}
    many |= {name: list(rows) for name, rows in getattr(row, "_prefetched_objects_cache", {}).items()}
    many = {name: rows for name, rows in many.items() if all(isinstance(each, Model) for each in rows)}
    beside = row._state.fields_cache
    if not depth:
        return type(row), row.pk
    return (
        type(row),
        row._state.db,
        row._state.adding,
        {name: (type(value), value) for name, value in values.items()},
        {name: one and told(one, depth - 1) for name, one in beside.items()},
        {name: [told(each, depth - 1) for each in rows] for name, rows in many.items()},
    )


def both(rows, lookups):
    """Return what is told of `rows`, gathered, and as Django loads the same."""
    gathered, loaded = list(rows), list(rows.all())
    gather(gathered, lookups, rows.db)
    prefetch_related_objects(loaded, *lookups)
    return [told(row) for row in gathered], [told(row) for row in loaded]


def of_page(offers):
    """Return `offers` without what hangs on them, and the lookups of an offer's page."""
    rows = offers.for_page()
    return rows.prefetch_related(None), rows._prefetch_related_lookups


def test_every_offer_is_given_what_django_would_give_it(full):
    gathered, loaded = both(*of_page(Offer.objects.published()))
    assert gathered == loaded
    assert len(gathered) > 40


def test_an_offer_alone_is_given_the_same(full):
    for offer in (full, make_offer("intet"), Offer.objects.published().first()):
        gathered, loaded = both(*of_page(Offer.objects.filter(pk=offer.pk)))
        assert gathered == loaded


def test_what_is_gathered_are_rows_of_their_kind(full):
    offer = Offer.objects.for_page().get(pk=full.pk)
    hours, venue = offer.opening_hours.all()[0], offer.venues.all()[1]
    assert (hours.opens, hours.valid_from, hours.valid_until) == (time(8, 30), None, date(2030, 2, 28))
    assert (hours.note, hours.offer) == (NASTY[:90], offer)
    assert (venue.latitude, venue.longitude, venue.confidential) == (55.676096812345678, 12.1 + 0.2, False)
    assert [each.slug for each in offer.venues.all()] == ["a", "b"]
    assert offer.venues.all()[0].access_note == NASTY
    assert venue.uuid == Venue.objects.get(slug="b").uuid
    assert timezone.is_aware(venue.updated_at)
    assert [row.value[1] for row in offer.organisation.contact_points.all()] == list("123")
    assert [row.successor.slug for row in offer.told_successions] == ["straks", "bagefter"]
    assert {row.reason for row in offer.told_deliveries} == {NASTY[:90]}


def test_it_is_one_statement_for_any_number_of_offers(full, django_assert_num_queries):
    for number in range(9):
        make_offer(f"flere-{number}").needs.set(Need.objects.all()[number:20])
    rows, lookups = of_page(Offer.objects.exclude(deliveries__isnull=False).distinct())
    for offers in (list(rows[:1]), list(rows)):
        with django_assert_num_queries(1):
            gather(offers, lookups, rows.db)
    with django_assert_num_queries(3):  # the offer, what hangs on it, and the goals of its initiatives
        offer = Offer.objects.for_page().get(pk=full.pk)
    with django_assert_num_queries(0):
        for name in ("needs", "venues", "closures", "contact_points"):
            assert getattr(offer, name).all()
        assert [list(row.initiative.goals.all()) for row in offer.told_deliveries]
        assert offer.opening_hours.all()[1].venue
        assert offer.needs.all()[0].parent


def test_no_rows_and_no_lookups_are_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        gather([], ["needs"], "default")
        gather([Offer(pk=1)], [], "default")


def test_more_rows_than_one_statement_takes_are_gathered_in_several(monkeypatch):
    monkeypatch.setattr("offers.models.gathered.AT_ONCE", 3)
    gathered, loaded = both(*of_page(Offer.objects.published()[:10]))
    assert gathered == loaded


def test_one_may_go_on_asking_of_what_was_gathered(full):
    offer = Offer.objects.for_page().get(pk=full.pk)
    first, second = offer.needs.all()[:2]
    assert list(offer.needs.filter(slug=second.slug)) == [second]
    assert offer.needs.exclude(slug=first.slug).first() == second
    assert offer.contact_points.filter(order=1).count() == 1
    offer.needs.remove(first)
    assert first not in offer.needs.all()


def test_lookups_of_one_name_are_not_taken_for_each_other(full):
    for order in (1, 2, 1):
        rows = ContactPoint.objects.filter(order=order)
        offer = Offer.objects.prefetch_related(Prefetch("contact_points", rows)).get(pk=full.pk)
        assert [row.order for row in offer.contact_points.all()] == [order]


def test_rows_may_be_chosen_by_what_they_hang_on(full):
    chosen = Need.objects.filter(offers__title=full.title)
    assert_as_django(Offer.objects.order_by("pk"), [Prefetch("needs", chosen, to_attr="chosen")])


def assert_as_django(rows, lookups):
    gathered, loaded = both(rows, lookups)
    assert gathered == loaded


@pytest.mark.parametrize(
    "lookups",
    [
        ["organisation__municipality", "verified_by"],
        ["organisation__units__contact_points", "organisation__contact_points"],
        ["needs__parent", "needs__children"],
        [Prefetch("needs", Need.objects.order_by("name")[:2], to_attr="two"), "formats"],
        [Prefetch("venues", Venue.objects.none()), "languages"],
        [Prefetch("needs", Need.objects.annotate(n=Count("life_situations"))), "formats"],
        [Prefetch("needs", Need.objects.filter(offers__title__contains="a").distinct())],
        ["successors", "predecessors", "needs__offers"],
    ],
)
def test_what_cannot_be_gathered_is_loaded_as_ever(full, lookups):
    assert_as_django(Offer.objects.order_by("pk"), lookups)


def test_exact_numbers_and_structures_stay_what_they_are(full):
    committee = Committee.objects.first()
    for share in ("12.5", "0.1", "7", None):
        Committee.objects.filter(pk=committee.pk).update(budget_share=share and Decimal(share))
        assert_as_django(Organisation.objects.order_by("pk"), ["committees"])
    assert_as_django(Offer.objects.order_by("pk"), ["source_records"])


def test_a_wrong_lookup_is_as_wrong_as_ever():
    with pytest.raises(AttributeError, match="vejr"):
        list(Offer.objects.prefetch_related("vejr"))
    with pytest.raises(AttributeError, match="vejr"):
        list(Offer.objects.select_related("organisation").prefetch_related("organisation__vejr"))


def test_values_carry_nothing():
    assert Offer.objects.prefetch_related("needs").values("pk").first()
