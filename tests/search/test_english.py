"""Questions in English are read, and say nothing about Danish words."""

from collections import Counter

import pytest
import yaml
from django.utils.translation import override

from offers.danish import fold
from offers.filters import crisis_needs
from offers.management.commands.relevance import found_by
from offers.models import Offer, Synonym
from offers.search import current
from offers.search.english import DANISH_TOO, ONLY_ENGLISH
from offers.search.letters import words
from offers.search.lexicon import load
from offers.search.phrases import ENGLISH, Phrase, compiled
from offers.search.suggest import Kind
from offers.suggestions import suggested
from tests.conftest import FIXTURES

pytestmark = pytest.mark.django_db

FILE = "19-thesaurus-english.yaml"
# Danish has these from English or Latin, and means the same.
SAME_IN_DANISH = {"drugs", "dementia", "jobcentre", "health", "school", "schools"}


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("trouble at home", "familie"),
        ("I am pregnant", "gravid-og-nyfoedt"),
        ("our newborn cries", "gravid-og-nyfoedt"),
        ("postnatal depression", "trist-efter-foedslen"),
        ("single mother with two boys", "svaert-at-vaere-foraelder"),
        ("I shout at my children", "svaert-at-vaere-foraelder"),
        ("divorce", "skilsmisse"),
        ("my wife left me", "skilsmisse"),
        ("my son is disabled and special needs", "barn-med-handicap"),
        ("bullied", "barn-i-mistrivsel"),
        ("worried about my child", "barn-i-mistrivsel"),
        ("addiction", "alkohol-og-stoffer"),
        ("alcohol", "alkohol"),
        ("I can't stop drinking", "alkohol"),
        ("smoking weed every day", "stoffer"),
        ("cocaine", "stoffer"),
        ("my father drinks too much", "paaroerende-til-misbrug"),
        ("my dad is an alcoholic", "paaroerende-til-misbrug"),
        ("panic attacks", "trist-eller-bange"),
        ("anxiety", "trist-eller-bange"),
        ("self-harm", "trist-eller-bange"),
        ("I want to die", "selvmordstanker"),
        ("schizophrenia", "psykisk-sygdom"),
        ("I feel lonely", "ensom"),
        ("somewhere to go in the daytime", "sted-at-vaere"),
        ("play football", "fritid"),
        ("debt", "penge"),
        ("pay for kindergarten", "raad-til-barnet"),
        ("no income", "ydelser"),
        ("unemployed", "uden-arbejde"),
        ("job centre", "uden-arbejde"),
        ("dropped out of school", "ung-uden-uddannelse"),
        ("start my own business", "starte-noget-selv"),
        ("looking for an apartment", "bolig"),
        ("can't pay rent", "hjemloes"),
        ("evicted", "hjemloes"),
        ("help with cleaning", "stoette-i-boligen"),
        ("my husband hits me", "vold"),
        ("chronic pain", "langvarig-sygdom"),
        ("wheelchair", "handicap"),
        ("overdose", "akut-sygdom"),
        ("dementia", "aeldre"),
        ("residence permit", "ny-i-danmark"),
        ("learn danish", "ny-i-danmark"),
        ("victim of crime", "kriminalitet"),
        ("nobody listens to me", "blive-hoert"),
    ],
)
def test_the_need_is_read(text, need):
    terms = {term for one in current.reader().read(text).concepts for term in one.terms}
    assert f"behov:{need}" in terms
    answering = set(Offer.objects.published().filter(needs__slug=need).values_list("slug", flat=True))
    assert not answering or answering.intersection(found_by(text)[:3])


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("I want to kill myself", "selvmordstanker"),
        ("i really dont want to live anymore", "selvmordstanker"),
        ("I don’t want to live", "selvmordstanker"),
        ("suicide", "selvmordstanker"),
        ("she says she wants to die", "selvmordstanker"),
        ("he hits me", "vold"),
        ("my boyfriend raped me", "vold"),
        ("domestic violence", "vold"),
        ("he will kill me", "vold"),
        ("my dad hit my mum", "vold"),
        ("my son took an overdose", "akut-sygdom"),
        ("I can't breathe", "akut-sygdom"),
        ("heart attack", "akut-sygdom"),
    ],
)
def test_a_cry_for_help_in_english_is_heard(text, need):
    assert need in crisis_needs(text)


@pytest.mark.parametrize(
    "text",
    [
        "kill time",
        "how do I kill weeds",
        "hit music",
        "I hit my knee",
        "stroke of luck",
        "a place to live",
        "rap",
        "heartbeats",
        "my father drinks",
        "live music",
        "dead tired",
    ],
)
def test_other_english_words_raise_no_alarm(text):
    assert crisis_needs(text) == []


def test_acute_lines_stand_on_the_english_page(visitor):
    context = visitor.get("/en/tilbud/?q=i+want+to+kill+myself").context
    assert context["filter"].is_crisis
    assert context["acute_lines"][1].contact.offer.slug == "livslinien"


def phrases_of(path):
    return [row["fields"] for row in yaml.safe_load(path.read_text(encoding="utf-8"))]


def test_every_phrase_stands_once_and_only_english_ones_are_in_the_english_file():
    files = {
        path.name: phrases_of(path) for path in FIXTURES if path.name[:2] in {*map(str, range(13, 20))}
    }
    counted = Counter(fold(row["phrase"]) for rows in files.values() for row in rows)
    assert [row["phrase"] for row in files[FILE] if counted[fold(row["phrase"])] > 1] == []
    assert all(row["language"] == ENGLISH for row in files[FILE])


def test_every_english_phrase_reads_as_itself():
    reader = current.reader()
    wrong = []
    for phrase, slug in Synonym.objects.filter(language=ENGLISH).values_list("phrase", "need__slug"):
        said = reader.read(phrase)
        terms = {term for one in said.concepts for term in one.terms}
        if said.corrected or (slug and f"behov:{slug}" not in terms):
            wrong.append(phrase)
    assert wrong == []


def test_no_danish_word_stands_alone_among_the_english_phrases():
    lexicon = load()
    alone = set(Synonym.objects.filter(language=ENGLISH).values_list("phrase", flat=True))
    single = {one for one in alone if len(words(one)) == 1 and lexicon.is_word(fold(one))}
    assert single == SAME_IN_DANISH & single
    assert not {one for one in alone if fold(one) in DANISH_TOO | ONLY_ENGLISH}


def test_english_phrases_teach_nothing_about_danish_words():
    danish = Phrase("ligger vågen", "søvn", "sind")
    english = Phrase("born with pain", "søvn", "handicap", language=ENGLISH)
    both, alone = compiled([danish, english], []), compiled([danish], [])
    assert (both.words, both.needs, both.meanings) == (alone.words, alone.needs, alone.meanings)
    assert "born" in both.english.words


@pytest.mark.parametrize("text", ["to børn og in i by", "barn født to måneder for tidligt", "to"])
def test_danish_words_are_no_small_english_ones(text):
    assert current.reader().read(text).passed_over == frozenset()


def test_english_words_are_not_mended_to_danish_ones():
    assert current.reader().read("my dad shouts and I am dead tired").corrected == {}


def test_english_phrases_are_suggested_on_english_pages_only():
    def needs(text):
        return [one.target for group in suggested(text) for one in group if one.kind is Kind.NEED]

    with override("en"):
        assert needs("unemplo") == ["uden-arbejde"]
    with override("da"):
        assert needs("unemplo") == []
