"""The explanation tells the scorer's own numbers, and why an offer is no answer."""

from datetime import datetime
from functools import reduce
from io import StringIO
from math import sqrt
from operator import mul

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from offers import trial
from offers.management.commands.relevance import judged_queries
from offers.models import Offer
from offers.search import current
from offers.search.concepts import How
from offers.search.explain import Explainer
from offers.search.question import Question
from offers.search.ranking import CUT, FURTHER, scores
from tests.conftest import ROOT
from tests.test_offer_list import make_offer

pytestmark = pytest.mark.django_db

AT = datetime(2027, 1, 24, 10)


def explainer(query):
    return Explainer(current.reader(), trial.questions([query])[0], AT)


def explain(*args):
    out = StringIO()
    call_command("explain", *args, stdout=out)
    return out.getvalue()


def test_what_the_box_reads_is_printed_with_its_values():
    printed = explain("angst hos teenager i Viby")
    assert "filter: 13–19 år (alder=13, 19)" in printed
    assert "filter: Viby (Roskilde eller Aarhus Kommune) (kommune=0265, 0751)" in printed


def recombined(why):
    """Return the score that the explained numbers give, worked out once more, by hand."""
    total = met = 0.0
    for share in why.concepts:
        every = best = 0.0
        for term in share.terms:
            assert term.added == pytest.approx(term.certainty * term.idf * term.weight**1.5, rel=1e-6)
            every += term.added
            best = max(best, term.added)
        part = best + FURTHER * (every - best)
        assert part == share.added
        total += share.concept.weight * part
        met += share.concept.weight * (part > 0)
    score = float(np.round(total * sqrt(sqrt(met / why.asked)) + why.feedback, 6))
    for factor in why.boosts.values():
        score *= factor
    return score


def test_explained_contributions_give_exactly_the_score_that_was_used():
    judged = judged_queries(ROOT / "tests" / "relevance" / "queries.yaml")
    queries = [one.query for one in judged if one.half == "tune"][:100]
    assert len(queries) == 100
    for query in queries:
        asked = explainer(query)
        concepts = asked.answer.understanding.asked
        bare = dict(zip(asked.index.keys.tolist(), scores(asked.index, concepts).tolist(), strict=True))
        explained = [asked.explain(key) for key in asked.answer.keys]
        for rank, (key, why) in enumerate(zip(asked.answer.keys, explained, strict=True), start=1):
            assert recombined(why) == why.score, query
            assert reduce(mul, why.boosts.values(), bare[key]) == why.score, query
            assert why.rank == rank
            assert not why.refusals
        assert explained == sorted(explained, key=lambda why: -why.score), query


@pytest.mark.parametrize(
    ("query", "how"),
    [
        ("min far drikker", How.PHRASE),
        ("angst", How.SYNONYM),
        ("hjælp mod ensomhet", How.CORRECTED),
        ("barnets lov 30", How.LAW),
        ("116 111", How.NUMBER),
        ("xyzzyx", How.UNKNOWN),
    ],
)
def test_it_is_told_how_words_were_read(query, how):
    assert how in {share.concept.how for share in explainer(query).concepts}


def refusals(query, slug):
    return " ".join(explainer(query).explain(Offer.objects.get(slug=slug).pk).refusals)


def test_it_is_told_why_an_offer_is_no_answer():
    assert "intet af det" in refusals("angst", "alarm-112")
    assert "ikke for den alder" in refusals("far drikker på 60", "boernegruppe-naar-mor-eller-far-drikker")
    assert "filteret kommune" in refusals("headspace i Rødovre", "headspace-roskilde")
    Offer.objects.filter(slug="alarm-112").update(publish_until="2020-01-01")
    assert "vises ikke i dag" in refusals("alarm", "alarm-112")


def test_an_offer_that_falls_for_the_cut_is_told_by_how_much():
    asked = explainer("selvmord i familien")
    below = [asked.explain(key) for key in asked.index.keys.tolist() if key not in asked.answer.keys]
    cut = [why for why in below if f"{100 * CUT:.0f} %" in " ".join(why.refusals)]
    assert cut
    assert all(0 < why.whole < why.least and why.score == 0 for why in cut)


def test_a_word_that_tells_little_is_no_reason_alone():
    make_offer("kun-mor", title="Mor")
    assert "siger for lidt" in refusals("alarm for mor", "kun-mor")


def test_a_question_without_words_has_answers_without_scores():
    asked = Explainer(current.reader(), Question(), AT)
    assert not asked.concepts
    assert asked.explain(asked.answer.keys[0]).score == 0


def test_command_tells_the_reading_the_answers_and_one_offer():
    text = explain("min far drikker på 14 rodskilde", "headspace-roskilde")
    assert "filter: 14 år (alder=14)" in text
    assert "rettet: rodskilde → roskilde" in text
    assert "“min far drikker”: vending i synonymerne" in text
    assert "behov:paaroerende-til-misbrug" in text
    assert "plads" in text
    assert "er ikke blandt svarene" in explain("angst", "alarm-112")


@pytest.mark.parametrize("query", ["", "og i at", "!!!", "🤷 \0", 'AND OR ( " *', "æ" * 10_000])
def test_command_answers_whatever_is_asked(query):
    assert "Svar:" in explain(query, "alarm-112")


def test_command_says_in_danish_what_cannot_be_explained():
    with pytest.raises(CommandError, match="Intet tilbud har adressen “findes-ikke”"):
        explain("angst", "findes-ikke")
    Offer.objects.filter(slug="alarm-112").update(status=Offer.Status.DRAFT)
    with pytest.raises(CommandError, match="ikke offentligt, men “Kladde”"):
        explain("angst", "alarm-112")
