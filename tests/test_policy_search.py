"""`/soeg-i-politik/`, and what stands below the offers about the same."""

import re

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import translation

from offers.models import Need, TargetGroup
from offers.search.question import Question
from policies.models import Committee, Goal, Policy, Sdg
from policies.search import current
from policies.views import IN_SECOND_GROUP

pytestmark = pytest.mark.django_db

HEADING = re.compile(r"Politikker, udvalg og dokumenter om det samme \((\d+)\)")


def search(visitor, **query):
    return visitor.get(reverse("policies:search"), query)


def fragment(**query):
    """Return what htmx is given; it is no page, so no visitor looks at it."""
    return Client().get(reverse("policies:search"), query, headers={"HX-Request": "true"})


def test_all_kinds_stand_in_one_list_and_say_what_they_are(visitor):
    html = search(visitor, q="børn").content.decode()
    for label in ("Politik", "Politisk udvalg", "Bibliotek: Politik"):
        assert f'<span class="card-subheading">{label}</span>' in html, label
    goal = Goal.objects.get(policy__slug="roedovre-handleplan-2017-2018", number="3")
    html = search(visitor, q=goal.title).content.decode()
    assert f'href="{goal.get_absolute_url()}"' in html
    assert f'I <a href="{goal.policy.get_absolute_url()}">' in html


def test_one_kind_can_be_chosen_and_the_counts_say_how_many(visitor):
    everything = search(visitor, q="børn").context["filter"].answer
    committees = search(visitor, q="børn", hvad="udvalg")
    assert 0 < len(committees.context["filter"].answer.keys) < len(everything.keys)
    assert len(committees.context["filter"].answer.keys) == everything.counts["hvad"]["udvalg"]
    assert f"({everything.counts['hvad']['udvalg']})" in committees.content.decode()
    assert "Slags: Udvalg eller råd" in committees.content.decode()


def test_a_part_of_a_draft_is_told_to_be_of_a_draft(visitor):
    goal = Policy.objects.get(slug="koebenhavns-sociale-strategi").goals.first()
    html = search(visitor, q=goal.title, hvad="maal").content.decode()
    card = html[html.index(goal.get_absolute_url()) :].partition('class="card"')[0]
    assert "Udkast, ikke vedtaget" in card


def test_the_text_of_a_goal_is_shown_without_its_markdown(visitor):
    goal = Goal.objects.get(policy__slug="roedovre-handleplan-2017-2018", number="3")
    Goal.objects.filter(pk=goal.pk).update(description="### Kvalme\n\n**Varme** & <b>ro</b>")
    html = search(visitor, q="kvalme").content.decode()
    assert re.search(r"<p>Kvalme\s+Varme &amp; &lt;b&gt;ro&lt;/b&gt;\s*</p>", html)


@pytest.mark.parametrize("address", ["/soeg-i-politik/", "/politikker/", "/bibliotek/"])
def test_a_slip_is_mended_and_the_mending_can_be_undone(visitor, address):
    html = visitor.get(address, {"q": "handicappolitk"}).content.decode()
    assert "Viser resultater for <strong>handicappolitik</strong>" in html
    assert 'href="?q=handicappolitk&amp;ordret=ja"' in html
    verbatim = visitor.get(address, {"q": "handicappolitk", "ordret": "ja"}).content.decode()
    assert "Viser resultater for" not in verbatim
    assert "Søger ordret" in verbatim


@pytest.mark.parametrize("address", ["/politikker/", "/bibliotek/"])
def test_the_lists_lead_on_to_the_search_of_everything(visitor, address):
    html = visitor.get(address, {"q": "børn & unge"}).content.decode()
    assert 'href="/soeg-i-politik/?q=b%C3%B8rn%20%26%20unge"' in html


@pytest.mark.parametrize(
    "words", ["børn", "far drikker", "handicappolitk", "§ 101", "ensom i Skive", "misbrug " * 200]
)
def test_the_offers_say_how_much_there_is_on_the_same(visitor, words):
    offers = visitor.get("/tilbud/", {"q": words})
    html = offers.content.decode()
    count = len(search(visitor, q=offers.context["filter"].question.words).context["filter"].answer.keys)
    told = HEADING.search(html)
    assert int(told[1] if told else 0) == count
    if count:
        link = re.search(r'<p><a href="(/soeg-i-politik/[^"]+)">', html)[1].replace("&amp;", "&")
        assert f'hx-get="{link}"'.replace("&", "&amp;") in html
        assert len(visitor.get(link).context["filter"].answer.keys) == count


@pytest.mark.parametrize("asked", [{"q": "ensomhed i Rødovre"}, {"q": "ensomhed", "kommune": "0175"}])
def test_a_place_leads_to_what_its_own_authority_has(visitor, asked):
    html = visitor.get("/tilbud/", asked).content.decode()
    there = search(visitor, q="ensomhed", myndighed="roedovre-kommune").context["filter"].answer.keys
    assert 0 < len(there) < len(search(visitor, q="ensomhed").context["filter"].answer.keys)
    assert int(HEADING.search(html)[1]) == len(there)
    assert 'hx-get="/soeg-i-politik/?q=ensomhed&amp;myndighed=roedovre-kommune"' in html


def test_choices_that_lead_to_nothing_stand_last(visitor):
    page = search(visitor, q="ensomhed")
    html, counts = page.content.decode(), page.context["filter"].answer.counts["hvad"]
    shown = [counts[value] for value in re.findall(r'name="hvad" value="([^"]+)"', html)]
    assert 0 in shown
    assert all(shown[: shown.index(0)])
    assert not any(shown[shown.index(0) :])


def test_only_words_are_carried_over_and_whether_they_are_corrected(visitor):
    asked = {"q": "min søn på 10 i Skive går i dagtilbud", "behov": "vold"}
    link = re.search(
        r'hx-get="/soeg-i-politik/\?([^"]+)"', visitor.get("/tilbud/", asked).content.decode()
    )[1]
    assert QueryDict(link) == QueryDict("q=min søn går i dagtilbud")
    html = visitor.get("/tilbud/", {**asked, "q": "børn", "ordret": "ja"}).content.decode()
    assert 'hx-get="/soeg-i-politik/?q=b%C3%B8rn&amp;ordret=ja"' in html


@pytest.mark.parametrize(
    "query", [{}, {"alder": "10"}, {"behov": "vold"}, {"q": "i Rødovre"}, {"q": "xyzzyqqq"}]
)
def test_without_words_or_answers_nothing_stands_below_the_offers(visitor, query):
    assert "om det samme" not in visitor.get("/tilbud/", query).content.decode()


def test_htmx_is_given_the_first_ones_of_the_same_list(visitor):
    page = search(visitor, q="børn")
    part = fragment(q="børn")
    html = part.content.decode()
    count = len(page.context["filter"].answer.keys)
    assert count > IN_SECOND_GROUP
    assert part.context["hits"] == page.context["hits"][:IN_SECOND_GROUP]
    assert "<html" not in html
    assert html.count('class="card"') == IN_SECOND_GROUP
    assert f'<a href="/soeg-i-politik/?q=b%C3%B8rn">Se alle {count}</a>' in html
    assert "HX-Request" in page.headers["Vary"]
    assert "HX-Request" in part.headers["Vary"]


@pytest.mark.parametrize(
    "query", [{"q": "\0"}, {"q": "x" * 10_000}, {"hvad": "findes-ikke"}, {"page": "abc"}]
)
def test_htmx_gets_an_answer_to_wrong_questions(query):
    assert fragment(**query).status_code == 200


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_choices_stand_in_the_order_of_their_vocabularies(visitor, prefix):
    form = visitor.get(f"{prefix}/soeg-i-politik/").context["filter"].form
    with translation.override("en" if prefix else "da"):
        expected = {
            "behov": Need.objects.for_choices().choices(),
            "maalgruppe": TargetGroup.objects.in_order().choices(),
            "verdensmaal": [(str(goal.number), str(goal)) for goal in Sdg.objects.all()],
            "udvalg": list(Committee.objects.order_by("sort_key").values_list("slug", "name")),
        }
    for name, rows in expected.items():
        shown = [(str(value), str(label)) for value, label in form.fields[name].choices if value]
        assert shown == [row for row in rows if row in shown]
        assert shown


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("loneliness", "/en/indsatser/roedovre-faerre-ensomme/"),
        ("what does Rødovre do about loneliness?", "/en/indsatser/roedovre-faerre-ensomme/"),
        ("homeless people", "/en/indsatser/roedovre-flere-har-en-bolig/"),
        ("unemployment", "/en/indsatser/roskilde-forstaerket-indsats-for-unge-ledige/"),
        ("voter turnout", "/en/indsatser/roedovre-hoejere-stemmeprocent/"),
        ("committee", "/en/udvalg/koebenhavn-socialudvalget/"),
        ("health", "/en/politikker/roskilde-sundhedspolitik/"),
        ("action plan", "/en/politikker/roedovre-handleplan-2017-2018/"),
    ],
)
def test_an_english_question_finds_what_is_written_in_danish(visitor, words, address):
    assert f'href="{address}"' in visitor.get("/en/soeg-i-politik/", {"q": words}).content.decode()


def test_ideas_are_found_in_english(visitor):
    html = visitor.get("/en/ideer/", {"q": "school"}).content.decode()
    assert "Mere praktisk arbejde i folkeskolen" in html


def test_the_count_below_the_offers_is_kept_until_a_row_changes_and_tells_no_words(monkeypatch):
    asked = Question(words="kvalmeklub")
    counted = []
    plain = current.count
    monkeypatch.setattr(current, "count", lambda *told: counted.append(told) or plain(*told))
    before = current.how_many(asked)
    assert current.how_many(asked) == before
    goal = Goal.objects.get(policy__slug="roedovre-handleplan-2017-2018", number="3")
    Goal.objects.filter(pk=goal.pk).update(description="En kvalmeklub")
    assert [current.how_many(asked) for _ in range(2)] == [before + 1] * 2
    assert len(counted) == 2
    kept = current.kept.value("how many", dict)
    assert len(kept) > 0
    assert not any(b"kvalmeklub" in key for key in kept._held)
