"""Søgelaboratoriet: a trial does what saving would do, staff see it, and nothing is ever saved."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.urls import reverse

from offers import trial
from offers.danish import fold
from offers.management.commands.relevance import judged_queries
from offers.models import Need, Offer, SearchMiss, Synonym
from offers.search import current
from offers.search.question import answer
from tests.conftest import INLINE_CODE, ROOT, STRAY_TEMPLATE, refuse_writing

pytestmark = pytest.mark.django_db

URL = "/admin/offers/synonym/soegelaboratorium/"
QUERIES = ["pandekageklask", "rumlebasse", "drikkeri", "samtalegruppe", "min far drikker", "alkohol hjælp"]


def login(client, django_user_model, *permissions):
    user = django_user_model.objects.create_user("medarbejder", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)
    return client


def text_of(client, **data):
    response = client.get(URL, data)
    assert response.status_code == 200
    html = response.content.decode()
    assert not STRAY_TEMPLATE.search(html)
    assert not INLINE_CODE.search(html)
    return html


def answers(reader):
    at = datetime(2026, 11, 22, 10)
    return [answer(reader, question, at).keys for question in trial.questions(QUERIES)]


def add(phrase, means="", need=None, both_ways=False):
    need = need and Need.objects.get(slug=need)
    Synonym.objects.create(phrase=phrase, means=means, need=need, both_ways=both_ways)


@pytest.mark.parametrize(
    ("lines", "save"),
    [
        ("pandekageklask = behov: vold", lambda: add("pandekageklask", need="vold")),
        ("Pandekageklask = gruppe", lambda: add("Pandekageklask", "gruppe")),
        ("drikkeri <> samtalegruppe", lambda: add("drikkeri", "samtalegruppe", both_ways=True)),
        ("- rumlebasse", lambda: Synonym.objects.get(phrase="Rumlebasse").delete()),
        (
            "RUMLEBASSE = alkohol",
            lambda: Synonym.objects.filter(phrase="Rumlebasse").update(means="alkohol", need=None),
        ),
    ],
)
def test_a_trial_gives_the_answers_that_saving_gives(lines, save):
    add("Rumlebasse", "gæld", "vold")
    live = current.reader()
    changes, faults = trial.read_changes(lines, trial.said())
    tried = answers(trial.changed(live, trial.said(), changes))
    assert not faults
    assert tried != answers(live)
    save()
    assert tried == answers(current.reader())


def test_only_those_who_may_see_synonyms_get_in(client, django_user_model):
    assert client.get(URL).headers["Location"].startswith(reverse("admin:login"))
    login(client, django_user_model, "view_offer")
    assert client.get(URL).status_code == 403
    assert client.post(URL, {"q": "x"}).status_code == 403
    assert "Søgelaboratorium" not in client.get(reverse("admin:index")).content.decode()


def test_seeing_synonyms_is_enough_and_the_way_there_is_shown(client, django_user_model):
    login(client, django_user_model, "view_synonym")
    assert "Sådan blev søgningen forstået" in text_of(client, q="min far drikker")
    for url in (reverse("admin:index"), reverse("admin:offers_synonym_changelist")):
        assert f'href="{URL}"' in client.get(url).content.decode()


def test_it_shows_the_reading_the_scores_and_the_counts(editor):
    html = text_of(editor, q="min far drikker på 14 rodskilde", tilbud="ungeguiden")
    assert "<strong>14 år</strong> (alder)" in html
    assert "rodskilde → <strong>roskilde</strong>" in html
    assert "vending i synonymerne" in html
    assert "behov:paaroerende-til-misbrug" in html
    assert "Ikke blandt svarene:" in html
    assert "Antal ved filtrene" in html
    assert "Forskellen på svarene" not in html


def test_it_shows_what_a_change_would_do_and_saves_nothing(editor):
    before = list(Synonym.objects.values_list("pk", "revision"))
    with connection.execute_wrapper(refuse_writing):
        html = text_of(editor, q="zzyzx", aendringer="zzyzx = behov: vold")
    assert "Nu: 0 svar" in html
    assert '<span class="lab-moved">ny</span>' in html
    assert "Ingen af de 175 kendte søgninger ændrer sig." in html
    assert list(Synonym.objects.values_list("pk", "revision")) == before


def test_what_is_sent_gets_an_address_to_share_unless_it_is_too_long(editor):
    response = editor.post(URL, {"q": "ked af det", "aendringer": "", "csrfmiddlewaretoken": "x"})
    assert response.headers["Location"] == f"{URL}?q=ked+af+det"
    lines = "\n".join(f"prøvevending{number} = gæld" for number in range(150))
    response = editor.post(URL, {"q": "prøvevending7", "aendringer": lines})
    assert response.status_code == 200
    assert "Forskellen på svarene" in response.content.decode()


@pytest.mark.parametrize("q", ["", "og i at", "!!!", "🤷", 'AND OR ( " *', "§ 101", "привет", "a" * 999])
def test_any_search_gets_an_answer(editor, q):
    assert "Sådan blev søgningen forstået" in text_of(editor, q=q, aendringer="- findes slet ikke")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"q": "a" * 10_000}, "højst have 1000 tegn"),
        ({"q": "a\0b"}, "Null-tegn"),
        ({"aendringer": "x" * 6000}, "højst have 5000 tegn"),
        ({"tilbud": "findes-ikke"}, "Intet tilbud har adressen “findes-ikke”."),
        ({"aendringer": "ked af det\n- findes slet ikke"}, "Vendingen “findes slet ikke” findes ikke."),
        ({"aendringer": "ked af det = behov: nix"}, "Linje 1: Behovet “nix” findes ikke."),
    ],
)
def test_what_cannot_be_used_is_told_at_its_field(editor, data, sentence):
    assert sentence in text_of(editor, **data)


def test_an_offer_that_is_not_public_is_named_as_such(editor):
    Offer.objects.filter(slug="alarm-112").update(status=Offer.Status.DRAFT)
    assert "det er ikke offentligt, men “Kladde”" in text_of(editor, q="alarm", tilbud="/tilbud/alarm-112/")


def test_what_is_typed_is_never_code(editor):
    evil = "<script>alert(1)</script>"
    html = text_of(editor, q=evil, tilbud=evil, aendringer=f"{evil} = {evil}\n- {evil}")
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html
    assert "<script>alert" not in text_of(editor, q=evil, aendringer=f"{evil} = gruppe")


def test_it_keeps_its_query_budget(editor, django_assert_max_num_queries, monkeypatch):
    data = {"q": "min far drikker", "tilbud": "alarm-112", "aendringer": "pandekageklask = behov: vold"}
    text_of(editor, **data)
    monkeypatch.setattr("offers.search.following.MAX_AGE", 60)
    with django_assert_max_num_queries(12):
        text_of(editor, q="min far drikker")
    with django_assert_max_num_queries(18):
        text_of(editor, **data)


def test_known_queries_are_those_that_ship_and_those_often_asked_in_vain():
    rows = judged_queries(ROOT / "tests" / "relevance" / "queries.yaml")
    rows += judged_queries(ROOT / "tests" / "relevance" / "invented-queries.yaml")
    shipped = list(dict.fromkeys(row.query for row in rows if row.half == "tune"))
    assert trial.known_queries() == shipped, (
        "write the tuned half of the judged queries to known_queries.txt"
    )
    today = datetime(2026, 11, 22).date()
    counts = (("sjælden", 1, 4), ("anden", 1, 5), ("hyppig", 2, 5), ("hyppig", 3, 1), ("gammel", 200, 99))
    for words, age, count in counts:
        SearchMiss.objects.create(words=words, day=today - timedelta(days=age), count=count)
    assert trial.known_queries(today) == [*shipped, "hyppig", "anden"]
    SearchMiss.objects.bulk_create(SearchMiss(words=f"o{n}", day=today, count=5) for n in range(400))
    assert len(trial.known_queries(today)) == trial.MOST_QUERIES


def test_a_text_alone_is_asked_as_the_page_asks(visitor):
    for query in trial.known_queries()[:20]:
        (question,) = trial.questions([query])
        assert visitor.get("/tilbud/", {"q": query}).context["filter"].question == question


def test_a_phrase_is_the_same_in_another_letter_case():
    add("Ærø Driller", "gæld")
    changes, faults = trial.read_changes("- ærø driller", trial.said())
    assert changes == {fold("Ærø Driller"): None}
    assert not faults
