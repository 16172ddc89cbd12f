"""The list of work: what people often search for without a good answer, and what editors do about it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from offers.admin.unanswered import MOST, week_of
from offers.models import Offer, SearchMiss, SettledSearch, Synonym
from offers.search.missed import DAYS, LEAST
from tests.conftest import INLINE_CODE, STRAY_TEMPLATE
from tests.test_laboratory import login

pytestmark = pytest.mark.django_db

URL = "/admin/offers/searchmiss/uden-svar/"
NOTHING, WEAK = SearchMiss.Kind.NOTHING, SearchMiss.Kind.WEAK


def miss(words, count=LEAST, days_ago=0, kind=NOTHING):
    day = timezone.localdate() - timedelta(days=days_ago)
    SearchMiss.objects.create(words=words, day=day, count=count, kind=kind)


def text(client, query=""):
    response = client.get(URL + query)
    assert response.status_code == 200
    html = response.content.decode()
    assert not STRAY_TEMPLATE.search(html)
    assert not INLINE_CODE.search(html)
    return html


def shown(client, query=""):
    """Return the words on the page, in order."""
    rows = client.get(URL + query).context["parts"]
    return [row.words for _, part in rows for row in part]


def test_words_stand_with_their_count_week_and_reading(editor):
    miss("qvintusfnas zzyzx", 4, days_ago=8)
    miss("qvintusfnas zzyzx", 3, kind=WEAK)
    html = text(editor)
    week = int(week_of(timezone.localdate())[-2:])
    assert "Søgt <strong>7 gange</strong>, 4 af dem uden svar. Sidst i uge" in html
    assert f"uge {week}. Nu: 0 tilbud." in html
    assert "<strong>qvintusfnas</strong> (ukendt ord)" in html
    assert "/admin/offers/synonym/soegelaboratorium/?q=qvintusfnas+zzyzx" in html


def test_small_counts_are_not_shown_anywhere(editor):
    miss("qvintusfnas", LEAST - 1)
    miss("hyppigfnas", LEAST, days_ago=DAYS + 1)
    miss("ugefnas", LEAST - 1, days_ago=14)
    miss("ugefnas", 1)
    assert shown(editor) == ["ugefnas"]
    for days_ago in (0, 14):
        week = week_of(timezone.localdate() - timedelta(days=days_ago))
        assert shown(editor, f"?uge={week}") == []
    assert "qvintusfnas" not in editor.get("/admin/offers/searchmiss/").content.decode()
    rare = SearchMiss.objects.get(words="qvintusfnas")
    assert editor.get(f"/admin/offers/searchmiss/{rare.pk}/change/").status_code == 302


def test_a_week_is_counted_from_monday(editor):
    miss("qvintusfnas", days_ago=21)
    week = week_of(timezone.localdate() - timedelta(days=21))
    assert shown(editor, f"?uge={week}") == ["qvintusfnas"]
    assert shown(editor, f"?uge={week_of(timezone.localdate())}") == []
    assert week_of(date(2027, 1, 3)) == "2026-53"


@pytest.mark.parametrize("query", ["?uge=1999-01", "?uge=abc&vis=x", "?uge=%00", "?vis=' OR 1=1"])
def test_what_cannot_be_chosen_is_told_and_all_is_shown(editor, query):
    miss("qvintusfnas")
    assert "Det kan ikke vælges." in text(editor, query)
    assert shown(editor, query) == ["qvintusfnas"]


def test_a_synonym_is_one_click_away_and_solves_the_words(editor):
    miss("qvintusfnas")
    html = text(editor)
    address = "/admin/offers/synonym/add/?phrase=qvintusfnas"
    assert f'href="{address}"' in html
    assert 'value="qvintusfnas"' in editor.get(address).content.decode()
    assert "Finder noget nu" not in html
    Synonym.objects.create(phrase="qvintusfnas", means="gæld")
    html = text(editor)
    assert html.index("Finder noget nu") < html.index("qvintusfnas")
    assert address not in html


def test_an_offer_is_asked_for_and_a_draft_begins_with_the_words(editor):
    miss("qvintusfnas")
    response = editor.post(URL, {"words": "qvintusfnas", "outcome": "tilbud"}, follow=True)
    assert "er gemt under “Der mangler et tilbud”" in response.content.decode()
    assert shown(editor) == []
    html = text(editor, "?vis=tilbud")
    assert "af redaktør" in html
    (draft,) = [row.offer for row in editor.get(f"{URL}?vis=tilbud").context["parts"][0][1]]
    form = editor.get(draft).content.decode()
    assert "Folk søger efter “qvintusfnas” og finder for lidt." in form
    assert f'value="{Offer.Status.DRAFT}" selected' in form


def test_words_are_set_aside_and_taken_out_again(editor):
    miss("qvintusfnas")
    editor.post(URL, {"words": "qvintusfnas", "outcome": "side"})
    assert (shown(editor), shown(editor, "?vis=side")) == ([], ["qvintusfnas"])
    settled = SettledSearch.objects.get()
    assert settled.settled_by.username == "redaktør"
    assert settled.settled_at.date() == timezone.now().date()
    SearchMiss.objects.all().delete()
    assert "Der er for få søgninger til at vise et tal." in text(editor, "?vis=side")
    editor.post(URL, {"words": "qvintusfnas", "outcome": ""})
    assert not SettledSearch.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"words": "ukendt", "outcome": "side"},
        {"words": "a\0b", "outcome": "side"},
        {"words": "qvintusfnas", "outcome": "andet"},
    ],
)
def test_what_is_not_there_is_told_and_nothing_written(editor, data):
    miss("qvintusfnas")
    response = editor.post(URL, data, follow=True)
    assert "Ordene er ikke på listen længere." in response.content.decode()
    assert not SettledSearch.objects.exists()


def test_seeing_is_not_deciding_and_others_do_not_get_in(client, django_user_model):
    miss("qvintusfnas")
    assert client.get(URL).status_code == 302
    login(client, django_user_model, "view_searchmiss")
    html = text(client)
    for button in ('name="outcome"', "/synonym/add/", "laboratoriet"):
        assert button not in html
    assert client.post(URL, {"words": "qvintusfnas", "outcome": "side"}).status_code == 403
    client.logout()
    other = django_user_model.objects.create_user("anden", is_staff=True)
    client.force_login(other)
    assert client.get(URL).status_code == 403
    assert URL not in client.get("/admin/").content.decode()


def test_what_people_typed_is_never_code(editor):
    miss("<script>alert(1)</script>")
    assert "<script>alert" not in text(editor)


def test_it_keeps_its_query_budget(editor, django_assert_max_num_queries, monkeypatch):
    for number in range(MOST + 5):
        miss(f"qvintus{number}fnas")
    assert len(shown(editor)) == MOST
    monkeypatch.setattr("offers.search.following.MAX_AGE", 60)
    with django_assert_max_num_queries(12):
        text(editor)


def test_the_desk_leads_there(editor):
    assert f'href="{URL}"' in editor.get("/admin/").content.decode()
    assert f'href="{URL}"' in editor.get("/admin/offers/searchmiss/").content.decode()
