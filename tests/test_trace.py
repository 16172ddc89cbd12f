"""The picture and the list that lead from a policy's goals to offers and to the committee."""

import doctest
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offers.models import Offer
from policies import trace
from policies.lineage import MOST, Lineage
from policies.models import Goal, Policy
from policies.trace import LETTERS, LINES, Node, drawn
from tests.test_coverage import initiative, make_committee
from tests.test_offer_list import make_offer
from tests.test_pages import assert_valid

POLICY = "/politikker/roedovre-udsattepolitik/"
TITLES = st.text(max_size=300)


@pytest.fixture
def committee(db):
    """Return a committee with a policy to try things on."""
    return make_committee()


@st.composite
def pictures(draw):
    """Return up to four columns of things, and links between neighbouring columns."""
    sizes = draw(st.lists(st.integers(0, 12), min_size=1, max_size=4))
    columns = [
        [Node(f"{c}-{n}", draw(TITLES), "/", draw(st.sampled_from(["", "Ingen"]))) for n in range(size)]
        for c, size in enumerate(sizes)
    ]
    pairs = [(a.key, b.key) for left, right in pairwise(columns) for a in left for b in right]
    links = draw(st.lists(st.sampled_from(pairs), max_size=20)) if pairs else []
    return columns, links


@given(pictures())
def test_no_box_lies_over_another_and_all_lie_in_the_picture(made):
    columns, links = made
    picture = drawn({str(n): nodes for n, nodes in enumerate(columns)}, links)
    assert sorted(box.node.key for box in picture.boxes) == sorted(
        node.key for column in columns for node in column
    )
    for number, box in enumerate(picture.boxes):
        assert box.x >= 0 <= box.y
        assert box.x + box.width <= picture.width
        assert box.y + box.height <= picture.height
        bases = [base for _, base in box.lines] + ([box.remark_base] if box.node.remark else [])
        assert all(box.y < base < box.y + box.height for base in bases)
        for other in picture.boxes[number + 1 :]:
            beside = box.x + box.width <= other.x or other.x + other.width <= box.x
            above = box.y + box.height <= other.y or other.y + other.height <= box.y
            assert beside or above
    assert len(picture.curves) == len(set(links))


@given(TITLES)
def test_a_title_has_few_and_short_lines(title):
    found = trace.lines(title)
    assert 1 <= len(found) <= LINES
    assert all(len(line) <= LETTERS for line in found)


def test_the_examples_in_the_docstrings_hold():
    results = doctest.testmod(trace)
    assert results.attempted
    assert not results.failed


def test_things_stand_in_the_order_of_what_leads_to_them():
    columns = [
        [Node("a", "a", ""), Node("b", "b", "")],
        [Node("1", "1", ""), Node("2", "2", ""), Node("3", "3", "")],
    ]
    picture = drawn({"Mål": columns[0], "Indsatser": columns[1]}, [("b", "1"), ("a", "3")])
    assert [box.node.key for box in picture.boxes] == ["a", "b", "3", "1", "2"]


def test_a_policy_of_forty_goals_is_higher_than_one_of_four():
    few, many = ({"Mål": [Node(f"g{n}", "Et mål", "") for n in range(size)]} for size in (4, 40))
    assert drawn(many, []).height > 8 * drawn(few, []).height


def test_goals_lead_to_initiatives_and_offers_of_other_policies_too(committee, visitor):
    initiative(committee, "indsats-med", "del", offer=make_offer("udfoerer"))
    initiative(committee, "indsats-skjult", "del", offer=make_offer("kladde", status=Offer.Status.DRAFT))
    initiative(committee, "indsats-uden-maal")
    policy = committee.policies.get()
    lineage = Lineage([policy], policy.goals.all())
    steps = {goal.slug: [step.initiative.slug for step in steps] for goal, steps in lineage.by_goal}
    assert steps == {"top": [], "del": ["indsats-med", "indsats-skjult"], "ene": [], "ide": []}
    assert [*steps] == ["top", "del", "ene", "ide"]
    assert [step.initiative.slug for step in lineage.loose] == ["indsats-uden-maal"]
    html = visitor.get(policy.get_absolute_url()).content.decode()
    assert_valid(html, "policy")
    picture, rest = html.split('<svg class="trace"')[1].split("</svg>", 1)
    goal = f"{policy.get_absolute_url()}#del"
    for address in ("/indsatser/indsats-med/", "/tilbud/udfoerer/", committee.get_absolute_url(), goal):
        assert f'href="{address}"' in picture
        assert f'href="{address}"' in rest
    assert "/tilbud/kladde/" not in html
    assert picture.count("Ingen indsats") == 1  # of “Ene”: “Øverst” has a part that is begun
    assert picture.count("Intet tilbud") == 2


@pytest.mark.django_db
def test_an_action_plan_carries_out_the_policy_above_it(visitor):
    html = visitor.get(POLICY).content.decode()
    assert "Fra mål til tilbud" in html
    assert "/indsatser/roedovre-faerre-ensomme/" in html.split('<svg class="trace"')[1]


@pytest.mark.django_db
def test_a_committee_shows_how_all_its_policies_are_carried_out(visitor):
    html = visitor.get("/udvalg/roedovre-social-og-sundhedsudvalget/").content.decode()
    picture, rest = html.split('<svg class="trace"')[1].split("</svg>", 1)
    for part in (picture, rest):
        assert 'href="/politikker/roedovre-udsattepolitik/#forebyggelse"' in part
        assert "#faerre-ensomme" not in part  # a goal of a plan that has run out
        assert 'href="/indsatser/roedovre-faerre-ensomme/"' in part


@pytest.mark.django_db
def test_without_initiatives_there_is_nothing_to_show(visitor):
    assert (
        "Fra mål til tilbud"
        not in visitor.get("/politikker/hurtig-hjaelp-til-selvhjaelp/").content.decode()
    )


def test_too_many_goals_for_a_picture_stand_in_the_list(committee, visitor):
    initiative(committee, "indsats", "del")
    policy = Policy.objects.get(slug="proevepolitik")
    Goal.objects.bulk_create(
        Goal(policy=policy, slug=f"m-{n}", title=f"Mål {n}", kind=Goal.Kind.GOAL) for n in range(MOST)
    )
    html = visitor.get(policy.get_absolute_url()).content.decode()
    assert '<svg class="trace"' not in html
    assert '<a href="/politikker/proevepolitik/#m-1">Mål 1</a>: Ingen indsats' in html
