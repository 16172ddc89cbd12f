"""Policies and what belongs to them are found as offers are, and followed as offers are."""

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from offers.models import Need, Organisation, Synonym, TargetGroup
from offers.search import audit
from offers.search.following import Follower
from offers.search.question import Question
from offers.search.source import OfferSource
from policies.hits import rows
from policies.models import Committee, Document, Goal, IdeaDecision, Indicator, Initiative, Policy, Sdg
from policies.search import current
from policies.search.kinds import MODELS, Kind, by_kind, key_of, named_by
from policies.search.source import PolicySource

pytestmark = pytest.mark.django_db


def found(words, **question):
    return rows(current.ask(Question(words=words, **question)).keys)


@pytest.fixture
def policy():
    """Return a policy with a goal, an indicator, an initiative and a committee of its own."""
    authority = Organisation.objects.get(slug="kl")
    committee = Committee.objects.create(slug="proeve", name="Kvalmeudvalget", authority=authority)
    policy = Policy.objects.create(
        slug="proeve", title="Kvalmepolitik", kind="politik", authority=authority, committee=committee
    )
    goal = Goal.objects.create(policy=policy, slug="proeve", title="Mindre hoste", kind="maal")
    Indicator.objects.create(goal=goal, what="Antal nys")
    Initiative.objects.create(
        policy=policy, slug="proeve", title="Snuekampagne", activities="Lommetørklæder"
    )
    return policy


@given(st.sampled_from(Kind), st.integers(1, 2**59))
def test_a_number_names_one_row_of_one_kind(kind, pk):
    key = key_of(kind, pk)
    assert named_by(key) == (kind, pk)
    assert by_kind([key]) == {kind: [pk]}
    assert 0 < key < 2**63


@pytest.mark.parametrize(
    "words", ["kvalmepolitikker", "kvalme", "kvalmepolitk", "KVALME-POLITIK", "politik kvalme"]
)
def test_a_policy_is_found_by_inflection_part_slip_and_split(policy, words):
    assert policy in found(words)[:2]


def test_each_kind_is_found_by_its_own_words(policy):
    Document.objects.create(slug="proeve", title="Notat om febersyge", kind="rapport", summary="x")
    for words, model in {
        "hosten": Goal,
        "antal nys": Goal,
        "lommetørklæde": Initiative,
        "kvalmeudvalg": Committee,
        "feber": Document,
        "livet i havet": Sdg,
    }.items():
        assert isinstance(found(words)[0], model), words


def test_a_need_leads_from_everyday_words_to_a_policy(policy):
    assert policy not in found("min kæreste slår mig")
    policy.needs.add(Need.objects.get(slug="vold"))
    assert policy in found("min kæreste slår mig")


def test_sections_of_law_are_found_with_and_without_the_law(policy):
    Goal.objects.filter(slug="proeve").update(
        description="Støtte efter servicelovens § 152 a, når det går galt."
    )
    goal = Goal.objects.get(slug="proeve")
    for words in ("§ 152 a", "SEL § 152 a", "§152a", "servicelovens § 152 a"):
        assert found(words) == [goal], words
    assert found("§ 152") == []


def test_years_are_found_in_titles_dates_and_papers(policy):
    Policy.objects.filter(pk=policy.pk).update(valid_from="1961-01-01", valid_until="1964-12-31")
    assert found("1961") == found("1964") == [policy]
    assert found("kvalme 1964")[0] == policy
    paper = Document.objects.create(slug="proeve", title="Notat", kind="rapport", summary="x", year=1962)
    assert found("1962") == [paper]
    goal = Goal.objects.get(slug="proeve")
    goal.indicators.update(when="senest i 2030")
    assert goal in found("2030")


def test_a_goal_of_the_world_is_found_by_its_number():
    assert found("verdensmål 14")[0] == Sdg.objects.get(number=14)


def test_drafts_are_public_and_can_be_told_apart():
    draft = Policy.objects.get(slug="koebenhavns-sociale-strategi")
    assert found("københavns sociale strategi")[0] == draft
    drafts = found("", chosen={"status": ("udkast",)})
    assert draft in drafts
    assert set(draft.goals.all()) <= set(drafts)
    papers = Document.objects.filter(status="udkast")
    assert set(papers) <= set(drafts)
    assert len(drafts) == 1 + draft.goals.count() + draft.initiatives.count() + papers.count()


CHANGES = {
    "authority": lambda: Organisation.objects.filter(slug="kl").update(name="Pibefabrikken", slug="piber"),
    "committee": lambda: Committee.objects.filter(slug="proeve").update(name="Pibeudvalget"),
    "committee's address": lambda: Committee.objects.filter(slug="proeve").update(slug="piber"),
    "policy": lambda: Policy.objects.filter(slug="proeve").update(title="Pibepolitik", status="udkast"),
    "goal": lambda: Goal.objects.filter(slug="proeve").update(title="Flere piber"),
    "goal deleted": lambda: Goal.objects.filter(slug="proeve").delete(),
    "initiative": lambda: Initiative.objects.filter(slug="proeve").update(title="Pibekampagne"),
    "indicator": lambda: Indicator.objects.filter(what="Antal nys").update(what="Antal piber"),
    "idea decided": lambda: IdeaDecision.objects.create(
        goal=Goal.objects.get(slug="sundhedsplejerske"),
        status="i-gang",
        decided_on="2026-01-01",
        reason="x",
    ),
    "idea with a theme": lambda: Goal.objects.filter(slug="sundhedsplejerske").update(
        theme=Need.objects.get(slug="bolig")
    ),
    "need linked": lambda: Policy.objects.get(slug="proeve").needs.add(Need.objects.get(slug="vold")),
    "need": lambda: Need.objects.update(name="Piber"),
    "group linked": lambda: Goal.objects.get(slug="proeve").target_groups.set(TargetGroup.objects.all()),
    "group": lambda: TargetGroup.objects.update(name="Piberygere"),
    "world's goal linked": lambda: Policy.objects.get(slug="proeve").sdgs.add(Sdg.objects.get(number=3)),
    "world's goal": lambda: Sdg.objects.update(name="Piber"),
    "paper cited": lambda: Document.objects.update(cited_by=Policy.objects.get(slug="proeve")),
    "cited policy": lambda: Policy.objects.filter(slug="kl-invester-foer-det-sker").update(slug="piber"),
    "part of another": lambda: Policy.objects.filter(slug="proeve").update(
        parent=Policy.objects.get(slug="kl-invester-foer-det-sker")
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_changes_the_next_search_has_it(policy, settings, tmp_path, name):
    """What was taken over from the index before is what reading everything anew would give."""
    settings.SEARCH_INDEX_DIR = tmp_path
    follower = Follower(PolicySource())
    before = follower.reader().index
    CHANGES[name]()
    followed = follower.reader().index
    assert audit.differing(before, followed), "nothing moved"
    assert audit.differing(followed, follower.rebuilt()) == []


def test_policies_and_offers_are_searched_with_one_thesaurus_and_both_follow_it(settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path
    both = [Follower(PolicySource()), Follower(OfferSource())]
    before, other = (one.reader().thesaurus for one in both)
    assert before is other
    Synonym.objects.create(phrase="piberygning i stor stil", means="tobak")
    after, other = (one.reader().thesaurus for one in both)
    assert after is other
    assert "piberygning" in after.words - before.words


def test_a_renamed_committee_is_found_at_once(policy):
    committee = policy.committee
    assert committee not in found("pibeudvalget")[:1]
    Committee.objects.filter(slug="proeve").update(name="Pibeudvalget")
    assert found("pibeudvalget")[0] == committee
    assert policy in found("pibeudvalget")


@pytest.mark.parametrize("kind", Kind)
def test_what_is_deleted_is_not_found(kind):
    everything = {"hvad": (kind.value,)}
    assert set(found("", chosen=everything)) == set(MODELS[kind].objects.all())
    if kind in {Kind.DOCUMENT, Kind.INITIATIVE}:
        MODELS[kind].objects.all().delete()
        assert found("", chosen=everything) == []


def test_check_covers_policies_and_mends_them(policy, capsys):
    current.policies.reader()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE policies_policy SET title = 'Zebrapolitik' WHERE slug = 'proeve'")
    call_command("index", "--check")
    told = capsys.readouterr().out
    assert "politikker: forældede ord i 1, som nu er rettet" in told
    assert f"policies: {len(current.policies.reader().index)} dokumenter" in told
    assert found("zebra")[0] == policy
