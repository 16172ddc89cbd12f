"""The page of one policy: contents, deep links, figures, periods, and what stands around it."""

import re
from datetime import date

import pytest

from policies.coverage import coverage
from policies.models import Goal, Indicator, Initiative, Policy
from policies.models.initiative import InitiativePhase
from policies.questions import questions
from policies.terms import terms_of
from tests.test_coverage import initiative, make_committee

PLAN = "/politikker/roedovre-handleplan-2017-2018/"
POLICY = "/politikker/roedovre-udsattepolitik/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee():
    """Return a committee with a policy to try things on."""
    return make_committee()


@pytest.mark.parametrize("address", [PLAN, POLICY, "/politikker/kl-invester-foer-det-sker/"])
def test_the_contents_lead_to_every_part_and_every_goal_at_the_top(visitor, address):
    html = visitor.get(address).content.decode()
    contents = html.split('<nav class="contents d-print-none"')[1].split("</nav>")[0]
    anchors = re.findall(r'href="#([^"]+)"', contents)
    assert all(f'id="{anchor}"' in html for anchor in anchors)
    policy = Policy.objects.get(slug=address.split("/")[2])
    assert {goal.slug for goal in policy.goals.filter(parent=None)} <= set(anchors)


def test_a_policy_that_is_only_named_has_no_list_of_contents(visitor):
    html = visitor.get("/politikker/roskilde-klubpolitik/").content.decode()
    assert "Klubpolitik" in html
    assert "På denne side" not in html


def test_an_initiative_leads_at_once_to_the_offers_far_below(visitor):
    html = visitor.get("/indsatser/roedovre-faerre-ensomme/").content.decode()
    assert re.search(r'<a href="#tilbud">\s*2 tilbud\s*</a>', html)
    assert 'id="tilbud"' in html
    assert "Udføres af" not in visitor.get("/indsatser/roskilde-netvaerksmoeder/").content.decode()


def test_a_council_is_not_called_a_committee(visitor):
    html = visitor.get("/udvalg/roedovre-udsatteraadet/").content.decode()
    assert "Vi kender ingen politik med mål, som hører til her." in html
    assert "udvalget svarer for" not in html
    assert "Følg udvalget" not in html


def test_every_goal_and_initiative_has_a_link_of_its_own(visitor):
    html = visitor.get(PLAN).content.decode()
    plan = Policy.objects.get(slug="roedovre-handleplan-2017-2018")
    for goal in plan.goals.all():
        assert f'id="{goal.slug}"' in html
        assert f'class="deep-link d-print-none" href="#{goal.slug}"' in html
    for row in plan.initiatives.all():
        assert f'id="indsats-{row.slug}"' in html
        page = visitor.get(row.get_absolute_url()).content.decode()
        assert f'href="{PLAN}#indsats-{row.slug}"' in page


def test_a_goal_shows_its_figures_with_their_source(visitor):
    goal = Goal.objects.get(policy__slug="roedovre-handleplan-2017-2018", slug="hoejere-stemmeprocent")
    html = visitor.get(goal.get_absolute_url()).content.decode()
    shown = html.split(f'id="{goal.slug}"')[1].split("</section>")[0]
    for indicator in goal.indicators.all():
        texts = [indicator.what, indicator.baseline, indicator.target, indicator.latest, indicator.when]
        assert all(text in shown for text in [*texts, indicator.source])


def test_a_goal_tells_who_carries_it_out(visitor):
    html = visitor.get(POLICY).content.decode()
    shown = html.split('id="tryg-bolig"')[1].split("</section>")[0]
    assert 'href="/indsatser/roedovre-flere-har-en-bolig/"' in shown
    assert 'href="/tilbud/roedovre-herberg-og-forsorgshjem/"' in shown


def test_a_goal_that_nothing_serves_says_so_unless_it_asks_for_nothing(committee, visitor):
    initiative(committee, "indsats", "del")
    policy = committee.policies.get()
    Goal.objects.create(policy=policy, slug="respekt", title="Respekt", kind=Goal.Kind.PRINCIPLE)
    html = visitor.get(policy.get_absolute_url()).content.decode()
    sentence = "Ingen indsats tjener målet endnu."
    goals = {slug: html.split(f'id="{slug}"')[1].split("<section")[0] for slug in ("ene", "ide", "respekt")}
    assert {slug: sentence in text for slug, text in goals.items()} == {
        "ene": True,
        "ide": False,
        "respekt": False,
    }


@pytest.mark.parametrize(
    ("start", "end", "phase"),
    [
        (None, None, InitiativePhase.UNKNOWN),
        (date(2026, 3, 1), date(2026, 3, 31), InitiativePhase.RUNNING),
        (date(2026, 3, 31), None, InitiativePhase.RUNNING),
        (None, date(2026, 3, 31), InitiativePhase.RUNNING),
        (date(2026, 4, 1), None, InitiativePhase.COMING),
        (None, date(2026, 3, 30), InitiativePhase.OVER),
    ],
)
def test_the_phase_of_an_initiative_follows_its_dates(start, end, phase):
    assert Initiative(starts_on=start, ends_on=end).phase(date(2026, 3, 31)) == phase


def test_a_period_that_is_over_is_told_on_both_pages(visitor):
    page = visitor.get("/indsatser/roedovre-faerre-ensomme/").content.decode()
    assert "Perioden er slut" in page
    html = visitor.get(PLAN).content.decode()
    assert html.count('<span class="badge">Perioden er slut</span>') == 5
    assert "Det gjorde man for at nå målet" in html
    assert "Det gør man for at nå målet" not in html


def test_the_terms_of_a_policy_are_those_of_its_relations():
    for policy in Policy.objects.all():
        terms = terms_of(policy)
        slugs = [term.slug for term in terms.needs]
        assert slugs == [need.slug for need in policy.needs.order_by("order", "name")]
        assert [sdg.number for sdg in terms.sdgs] == [sdg.number for sdg in policy.sdgs.all()]
        groups = {group.slug for group in terms.target_groups}
        assert groups == {group.slug for group in policy.target_groups.all()}
        for goal in policy.goals.all():
            found = {group.slug for group in terms.by_goal.get(goal.pk, [])}
            assert found == {group.slug for group in goal.target_groups.all()}


def test_papers_around_a_policy_are_named_and_the_rest_is_a_link_away(visitor):
    html = visitor.get("/politikker/kl-invester-foer-det-sker/").content.decode()
    papers = html.split('id="afsnit-dokumenter"')[1].split("</section>")[0]
    assert papers.count("<li>") == 5
    assert "/bibliotek/?naevnt=kl-invester-foer-det-sker" in papers
    assert "Se alle 100 dokumenter i biblioteket" in papers


def test_a_committee_is_told_what_to_ask_about(committee):
    policy = committee.policies.get()
    Policy.objects.create(
        slug="gammel-plan", title="Gammel plan", kind=Policy.Kind.ACTION_PLAN, committee=committee,
        authority=policy.authority, status=Policy.Status.ADOPTED, valid_until=date(2026, 1, 1),
    )  # fmt: skip
    goal = policy.goals.get(slug="ene")
    Indicator.objects.create(goal=goal, what="Ensomme", target="Færre")
    Indicator.objects.create(goal=policy.goals.get(slug="del"), what="Unge", target="Flere", latest="12")
    row = Initiative.objects.create(policy=policy, slug="gammel", title="gammel")
    row.goals.set(policy.goals.filter(slug="del"))
    Initiative.objects.filter(slug="gammel").update(ends_on=date(2026, 5, 1))
    policies = list(committee.policies.all())
    asked = questions(coverage(policies), policies, date(2026, 6, 1))
    assert [(question.text, [about.title for about in question.about]) for question in asked] == [
        ("1 plan er udløbet. Hvad er sat i stedet?", ["Gammel plan"]),
        ("1 mål har ingen indsats. Hvem gør noget ved det?", ["Ene"]),
        ("1 indsats har en periode, der er slut. Hvad kom der ud af den?", ["gammel"]),
        ("1 mål skal kunne måles, men her står intet nyt tal. Hvordan går det?", ["Ene"]),
        ("1 indsats har intet tilbud her. Hvor kan borgerne mærke den?", ["gammel"]),
    ]
    assert questions(coverage(policies), policies, date(2025, 6, 1))[0].text.startswith("1 mål har ingen")
