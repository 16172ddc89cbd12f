"""The world's goals: what stands under each, why it is there, and how much."""

import pytest

from policies.models import Delivery, Goal, Initiative, Policy, Sdg
from tests.test_pages import assert_valid

pytestmark = pytest.mark.django_db

ROEDOVRE = "roedovre-udsattepolitik"


def html_of(visitor, address):
    """Return a page that is valid."""
    html = visitor.get(address).content.decode()
    assert_valid(html, address)
    return html


def offers(visitor, number):
    """Return the offers under a goal, each with why."""
    return {one.offer.slug: one.reasons for one in visitor.get(f"/verdensmaal/{number}/").context["offers"]}


def delivery():
    """Return a link from an initiative that serves a goal to a published offer."""
    rows = Delivery.objects.filter(initiative__goals__isnull=False, offer__status="offentlig")
    return rows.select_related("initiative__policy", "offer").first()


def test_the_ideas_of_a_catalogue_that_names_the_goal_are_a_group_of_their_own(visitor):
    html = html_of(visitor, "/verdensmaal/3/")
    assert "<h2>Idéer</h2>" in html
    assert "/ideer/#hurtig-hjaelp-til-selvhjaelp-boligsocial-indsats" in html
    assert "Idéerne står i et katalog. Det nævner verdensmålet" in html
    assert "/soeg-i-politik/?verdensmaal=3" in html
    assert visitor.get("/soeg-i-politik/?verdensmaal=3").context["page"].paginator.count >= 2


def test_where_no_offer_carries_it_out_the_page_says_what_it_would_take(visitor):
    html = html_of(visitor, "/verdensmaal/3/")
    assert "Her er ingen tilbud endnu." in html
    assert '<a href="/tilbud/?q=' in html
    assert offers(visitor, 3) == {}


def test_an_offer_is_there_because_a_goal_that_its_initiative_serves_names_it(visitor):
    row = delivery()
    goal = row.initiative.goals.first()
    goal.sdgs.add(Sdg.objects.get(number=8))
    reason = offers(visitor, 8)[row.offer.slug][0]
    assert reason.goal == goal
    html = html_of(visitor, "/verdensmaal/8/")
    assert "Den indsats skal nå målet" in html
    assert row.initiative.get_absolute_url() in html
    assert goal.get_absolute_url() in html


def test_an_offer_is_there_because_its_initiative_belongs_to_a_policy_that_names_it(visitor):
    row = delivery()
    row.initiative.policy.sdgs.add(Sdg.objects.get(number=8))
    reason = offers(visitor, 8)[row.offer.slug][0]
    assert (reason.goal, reason.policy) == (None, row.initiative.policy)
    assert "Den indsats hører til" in html_of(visitor, "/verdensmaal/8/")


def test_an_offer_is_there_because_its_initiative_serves_a_policy_that_names_it(visitor):
    row = delivery()
    other = Policy.objects.exclude(pk=row.initiative.policy_id).first()
    other.sdgs.add(Sdg.objects.get(number=8))
    goal = Goal.objects.create(policy=other, slug="proeve", title="Prøve", kind="maal")
    row.initiative.goals.add(goal)
    assert offers(visitor, 8)[row.offer.slug][0].policy == other


def test_only_what_the_public_may_see_is_there(visitor):
    row = delivery()
    row.initiative.policy.sdgs.add(Sdg.objects.get(number=8))
    row.offer.status = "kladde"
    row.offer.save()
    assert row.offer.slug not in offers(visitor, 8)


def test_the_counts_are_those_of_the_pages(visitor):
    row = delivery()
    row.initiative.policy.sdgs.add(Sdg.objects.get(number=8))
    row.initiative.goals.first().sdgs.add(Sdg.objects.get(number=4))
    Goal.objects.get(slug="boligsocial-indsats").sdgs.add(
        Sdg.objects.get(number=11), Sdg.objects.get(number=3)
    )
    Initiative.objects.first().goals.add(Goal.objects.get(slug="boligsocial-indsats"))
    counts = visitor.get("/verdensmaal/").context["rows"]
    assert len(counts) == 17
    for one in counts:
        page = visitor.get(f"/verdensmaal/{one.sdg.number}/").context
        shown = [len(page[name]) for name in ("policies", "goals", "ideas", "offers", "documents")]
        assert [one.policies, one.goals, one.ideas, one.offers, one.documents] == shown, one.sdg
    assert any(one.offers for one in counts)
    assert "Intet endnu" in html_of(visitor, "/verdensmaal/")


def test_a_goal_that_nothing_names_leads_to_the_search(visitor):
    html = html_of(visitor, "/verdensmaal/14/")
    assert "Ingen af politikkerne her nævner dette mål." in html
    assert "/soeg-i-politik/?q=Livet%20i%20havet" in html
