"""How far policies are carried out: goals with initiatives, initiatives with offers, and those without."""

import pytest

from offers.models import Offer, Organisation
from policies.coverage import coverage
from policies.lineage import carried
from policies.models import Committee, Delivery, Goal, Initiative, Policy
from tests.test_offer_list import make_offer
from tests.test_pages import assert_valid

RODOVRE = "/udvalg/roedovre-social-og-sundhedsudvalget/"


def test_a_goal_is_begun_and_carried_out_through_the_goals_below_it():
    found = carried({1: None, 2: 1, 3: 2, 4: None, 5: None}, [(10, 3), (11, 4)], {10})
    assert found.begun == {1, 2, 3, 4}
    assert found.delivered == {1, 2, 3}


def test_goals_in_a_ring_do_not_go_round():
    assert carried({1: 2, 2: 1}, [(10, 1)], {10}).delivered == {1, 2}


def test_an_initiative_for_a_goal_that_is_not_counted_counts_for_those_counted_above_it():
    assert carried({1: None}, [(10, 7)], {10}).begun == frozenset()


@pytest.fixture
def committee(db):
    """Return a committee with a policy to try things on."""
    return make_committee()


def make_committee():
    """Return a committee with one adopted policy: a goal with a part, one alone, and an idea."""
    authority = Organisation.objects.get(slug="kl")
    committee = Committee.objects.create(slug="proeveudvalg", name="Prøveudvalg", authority=authority)
    policy = Policy.objects.create(
        slug="proevepolitik", title="Prøvepolitik", kind=Policy.Kind.POLICY, authority=authority,
        committee=committee, status=Policy.Status.ADOPTED,
    )  # fmt: skip
    top = Goal.objects.create(policy=policy, slug="top", title="Øverst", kind=Goal.Kind.GOAL)
    Goal.objects.create(policy=policy, slug="del", title="Del", kind=Goal.Kind.GOAL, parent=top)
    Goal.objects.create(policy=policy, slug="ene", title="Ene", kind=Goal.Kind.GOAL)
    Goal.objects.create(policy=policy, slug="ide", title="Tanke", kind=Goal.Kind.IDEA)
    return committee


def initiative(committee, slug, *goals, offer=None):
    """Add an initiative for some goals of the committee's policy, perhaps with an offer."""
    policy = committee.policies.get()
    row = Initiative.objects.create(policy=policy, slug=slug, title=slug)
    row.goals.set(policy.goals.filter(slug__in=goals))
    if offer:
        Delivery.objects.create(initiative=row, offer=offer, reason="Side 2")


def test_what_nothing_carries_out_is_told_in_words(committee, visitor):
    initiative(committee, "indsats-med", "del", offer=make_offer("udfoerer"))
    initiative(committee, "indsats-uden", "del")
    found = coverage(committee.policies.all())
    assert (len(found.goals), found.begun, found.delivered) == (3, 2, 2)
    assert [goal.slug for goal in found.idle_goals] == ["ene"]
    assert [row.slug for row in found.idle_initiatives] == ["indsats-uden"]
    html = visitor.get(committee.get_absolute_url()).content.decode()
    assert (
        "har 3 mål. 2 har en indsats. 0 har en indsats, der er i gang nu, så vidt vi ved. 2 har et tilbud."
        in html
    )
    assert 'href="/politikker/proevepolitik/#ene"' in html
    about = html.split('id="spoerg"')[1].split("</section>")[0]
    assert "1 mål har ingen indsats. Hvem gør noget ved det?" in about
    assert "1 indsats har intet tilbud her. Hvor kan borgerne mærke den?" in about
    assert 'href="/indsatser/indsats-uden/"' in about
    assert 'href="/indsatser/indsats-med/"' not in about


def test_a_hidden_offer_carries_nothing_out(committee):
    initiative(committee, "indsats", "ene", offer=make_offer("kladde", status=Offer.Status.DRAFT))
    found = coverage(committee.policies.all())
    assert (found.begun, found.delivered, len(found.idle_initiatives)) == (1, 0, 1)


def test_a_draft_is_not_counted(committee, visitor):
    committee.policies.update(status=Policy.Status.DRAFT)
    assert coverage(committee.policies.all()).goals == []
    assert "Fra ord til handling" not in visitor.get(committee.get_absolute_url()).content.decode()


def test_all_carried_out_is_told(committee, visitor):
    initiative(committee, "alt", "del", "ene", offer=make_offer("udfoerer"))
    html = visitor.get(committee.get_absolute_url()).content.decode()
    assert "Alle mål har en indsats, og alle indsatser har et tilbud." in html
    assert "Spørgsmål til næste møde" not in html


def test_the_page_of_a_committee_with_policies_is_valid(visitor, db):
    html = visitor.get(RODOVRE).content.decode()
    assert "Fra ord til handling" in html
    assert_valid(html, RODOVRE)
