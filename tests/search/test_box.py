"""The search box: what it is told becomes filters that are shown and can be taken away."""

import pytest
from django.http import QueryDict
from hypothesis import example, given
from hypothesis import strategies as st

from offers.filters import OfferFilter
from offers.models import Municipality, Offer
from offers.search import box
from offers.search.places import gazetteer
from tests.test_offer_list import make_offer

PLACES = gazetteer(
    (
        ("0101", "København"),
        ("0169", "Høje-Taastrup"),
        ("0175", "Rødovre"),
        ("0259", "Køge"),
        ("0265", "Roskilde"),
        ("0575", "Vejen"),
        ("0710", "Favrskov"),
        ("0751", "Aarhus"),
    )
)


def read(text):
    return box.read(text, PLACES)


def taken(text):
    return {one.name: one.values for one in read(text).taken}


@pytest.mark.parametrize(
    ("text", "age", "words"),
    [
        ("min datter på 14 skader sig selv", "14", "min datter skader sig selv"),
        ("14 år", "14", ""),
        ("16-årig der ryger hash", "16", "der ryger hash"),
        ("min mor på 82 er ensom", "82", "min mor er ensom"),
        ("enlige på 14", "14", "enlige"),
        ("glade på 14", "14", "glade"),
        ("min mor paa 82", "82", "min mor"),
        ("jeg er 17 og gravid", "17", "jeg og gravid"),
        ("dreng 9 år gammel", "9", "dreng"),
        ("et barn i 3. klasse", "9", "et barn"),
        ("3.klasse", "9", ""),
        ("8. klasses elev", "14", "elev"),
        ("i ottende klasse", "14", ""),
        ("går i børnehaveklasse", "6", "går"),
        ("går i 3.g", "18", "går"),
        ("en 15årig", "15", "en"),
        ("en 15 aarig", "15", "en"),
        ("min søn på ni", "9", "min søn"),
        ("en to-årig", "2", "en"),
        ("min datter er fem år", "5", "min datter"),
        ("femogfyrre år gammel", "45", ""),
        ("dreng 12 år uden venner", "12", "dreng uden venner"),
        ("min far er toogtres", "62", "min far"),
        ("jeg er femoghalvfjerds", "75", "jeg"),
        ("firs år gammel", "80", ""),
        ("min søn fylder 12", "12", "min søn"),
        ("min datter, 14 år, og jeg er 40", "14", "min datter, og jeg er 40"),
        ("jeg er 45 år og min søn er 8", "8", "jeg er 45 år og min søn"),
        ("jeg er 16 og har en søn på 1", "16", "jeg og har en søn på 1"),
        ("min søn på 3,5 år", "3", "min søn"),
        ("3,5 år", "3", ""),
        ("går i 4.b", "10", "går"),
        ("min baby på 3 måneder", "0", "min baby"),
        ("6 måneder gammel", "0", ""),
        ("18 måneder gammel", "1", ""),
        ("22 år uden arbejde", "22", "uden arbejde"),
    ],
)
def test_an_age_is_read(text, age, words):
    assert taken(text) == {"alder": (age,)}
    assert read(text).words == words


@pytest.mark.parametrize(
    ("text", "ages", "words"),
    [
        ("14-17 år", ("14", "17"), ""),
        ("15–17 årige", ("15", "17"), ""),
        ("fra 14 til 17 år", ("14", "17"), ""),
        ("mellem 14 og 17 år", ("14", "17"), ""),
        ("unge mellem 14 og 17", ("14", "17"), "unge"),
        ("mor til 3 børn på 5, 8 og 12", ("5", "12"), "mor til 3 børn"),
        ("en mand i 50'erne", ("50", "59"), "en mand"),
        ("jeg er snart 18", ("17", "18"), "jeg"),
        ("de unge 15-17", ("15", "17"), "de unge"),
        ("to børn på 4 og 7 år", ("4", "7"), "to børn"),
        ("teenager", ("13", "19"), "teenager"),
    ],
)
def test_a_range_of_ages_is_read(text, ages, words):
    (one,) = read(text).taken
    assert (one.name, one.values, one.label) == ("alder", ages, f"{ages[0]}–{ages[1]} år")
    assert read(text).words == words


@pytest.mark.parametrize(
    ("text", "ages", "label"),
    [
        ("unge under 18", ("0", "17"), "under 18 år"),
        ("under 18 år", ("0", "17"), "under 18 år"),
        ("aktiviteter 80+", ("80", "110"), "80 år og ældre"),
        ("folk over 65", ("65", "110"), "65 år og ældre"),
    ],
)
def test_an_age_with_one_limit_is_read(text, ages, label):
    (one,) = read(text).taken
    assert (one.values, one.label) == (ages, label)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("min teenager ryger hash", "min barn ryger hash"),
        ("teenagere", "børn"),
        ("teenagedatter", "datter"),
    ],
)
def test_a_teenager_without_the_age_is_somebodys_child(text, rest):
    said = read(text)
    assert said.words == text
    assert said.read == ""
    assert said.without(*said.taken) == rest


@pytest.mark.parametrize(
    "text",
    [
        "ring 112",
        "ring på 112",
        "ring på 22 33 44 55",
        "70 201 201",
        "gæld på 5000 kr",
        "på 20 kr",
        "SEL 101",
        "200 år",
        "ventet 6 måneder",
        "gravid 6 måneder henne",
        "i 90'erne",
        "sygemeldt 2,5 år",
        "er snart 3 uger forsinket",
        "Nygade 4.b",
        "70+20",
        "på 6 uger",
        "på fem minutter",
        "er 14 dage forsinket",
        "vi er 3 søskende og far drikker",
        "vi er 4 børn",
        "vi er fem",
        "klokken er 3",
        "drukket i 20 år",
        "har drukket 2 år",
        "sygemeldt 2 år",
        "2 år uden arbejde",
        "for 5 år siden",
        "i 10-15 år",
        "10-15 år siden",
        "skilsmisse efter 25 år",
        "3 g kokain",
        "i en anden klasse",
        "mellem 14 og 17",
        "fra 4000-8000 kr",
        "18-65 år",
        "over 30 kr",
        "under 5 minutter",
        "mennesker under 5 minutter",
        "over 20 år siden",
    ],
)
def test_other_numbers_are_no_age(text):
    assert taken(text) == {}


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("gratis hjælp", "pris", "gratis ukendt"),
        ("anonym rådgivning", "anonym", "ja ukendt"),
        ("hjælp uden henvisning", "adgang", "selv"),
        ("chat om angst", "form", "chat"),
        ("åbent nu", "aaben", "nu"),
        ("værested der har åbent lige nu", "aaben", "nu"),
        ("hvem har åbent", "aaben", "nu"),
        ("nogen at snakke med lige nu", "aaben", "nu"),
    ],
)
def test_a_wish_is_read(text, name, value):
    assert taken(text) == {name: tuple(value.split())}


@pytest.mark.parametrize(
    "text",
    [
        "ikke gratis",
        "ikke anonym",
        "anonyme alkoholikere",
        "har det dårligt lige nu",
        "har brug for hjælp lige nu",
        "skrive med nogen lige nu",
        "jeg kan ikke snakke med nogen lige nu",
        "jeg går i nat på gaden",
        "hvem har åbent på lørdag",
        "hvornår har borgerservice åbent",
        "åben rådgivning",
    ],
)
def test_what_is_denied_or_means_something_else_is_no_wish(text):
    assert taken(text) == {}


@pytest.mark.parametrize("text", ["chat lige nu", "snakke på chat lige nu", "chatte nu her"])
def test_a_chat_now_is_a_chat_whose_hours_may_be_unknown(text):
    assert taken(text) == {"form": ("chat",)}


@pytest.mark.django_db
def test_free_and_anonymous_let_in_what_does_not_tell_unless_it_is_ticked():
    for cost in ("gratis", "betaling", "ukendt"):
        make_offer(cost, title="Qvintus", cost=cost)
    slugs = dict(Offer.objects.values_list("pk", "slug"))

    def found(query):
        return {slugs[key] for key in OfferFilter.of(QueryDict(query)).answer.keys}

    assert found("q=qvintus+gratis") == {"gratis", "ukendt"}
    assert found("q=qvintus+gratis&pris=gratis") == {"gratis"}
    chips = [chip.words for chip in OfferFilter.of(QueryDict("q=qvintus+gratis&pris=gratis")).chips()]
    assert chips[0] == "Gratis (eller ikke oplyst) (bruges ikke)"


def test_nothing_is_taken_that_is_not_shown():
    said = read("min søn på 14 ryger hash i Roskilde gratis")
    assert [one.label for one in said.taken] == ["14 år", "Roskilde", "Gratis (eller ikke oplyst)"]
    assert said.words == "min søn ryger hash"
    assert said.without(said.taken[0]) == "min søn ryger hash i Roskilde gratis"


@pytest.mark.parametrize(
    "text", ["ensom, 14 år", "ensom 14 år,", "14 år: ensom", "ensom, 14 år - i Roskilde"]
)
def test_what_is_let_go_leaves_no_loose_signs(text):
    said = read(text)
    assert said.without(*said.taken) == "ensom"
    assert said.without(said.taken[0])[0].isalnum()


def test_letters_that_grow_when_made_small_do_not_shift_the_cut():
    assert read("İİİİ er på 14 i Roskilde med børn").words == "İİİİ er med børn"


WORDS = "på 14 år - – mellem og til er fem årig Vejen vejen i Viby J . Roskilde 4000 Kommune ikke min mor"
WORDS += " søn jeg mig teenager klasse 3. gratis chat lige nu åbent har hvem ş İ ﷺ 🙂"
PIECES = st.sampled_from(WORDS.split())


@given(st.text(max_size=300) | st.lists(PIECES, max_size=30).map(" ".join))
@example("1" + " " * 10_000 + "år")
@example("Roskilde " * 1100)
@example("min " * 2500)
@example("på 1 og " * 1250)
@example("snakke " * 1400)
def test_it_never_raises_and_what_is_taken_is_shown_and_gone(text):
    said = read(text)
    assert said.without() == said.text == " ".join(text.split())
    rest, place = [], 0
    for one in said.taken:
        assert one.label
        assert place <= one.start < one.end <= len(said.text)
        rest.append(said.text[place : one.end if one.instead else one.start])
        place = one.end
    left = " ".join([*rest, said.text[place:]])

    def words(some):
        return [word.strip(",;:") for word in some.split() if any(sign.isalnum() for sign in word)]

    assert words(left) == words(said.words)


@pytest.mark.django_db
def test_every_municipality_is_read_from_its_bare_name_unless_that_is_a_word():
    known = gazetteer(tuple(Municipality.objects.values_list("code", "name")))
    for code, name in Municipality.objects.values_list("code", "name"):
        bare = box.read(f"psykolog {name.lower()}", known).taken
        assert bool(bare) == (name not in {"Greve", "Lejre", "Odder", "Skive", "Vejen"})
        for text in (f"psykolog i {name.lower()}", f"psykolog {name}", f"{name} Kommune"):
            (one,) = box.read(text, known).taken
            assert (one.values, one.label) == ((code,), name)
