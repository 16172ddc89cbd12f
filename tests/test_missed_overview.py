"""The editors' map: searches in vain beside the offers, small counts kept back."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from offers.admin.overview import in_vain
from offers.models import SearchMiss
from offers.search.missed import ANY_AGE, DAYS
from tests.conftest import INLINE_CODE, STRAY_TEMPLATE
from tests.test_laboratory import login

pytestmark = pytest.mark.django_db

URL = "/admin/offers/searchmiss/overblik/"


def miss(words, count, days_ago=0):
    day = timezone.localdate() - timedelta(days=days_ago)
    SearchMiss.objects.create(words=words, day=day, count=count)


def counted():
    return in_vain(timezone.localdate())


def test_a_search_counts_for_its_need_at_the_ages_it_tells():
    miss("skilsmisse 14 år", 6)
    miss("skilsmisse", 7)
    assert {place: count for place, count in counted().items() if place[0] == "skilsmisse"} == {
        ("skilsmisse", 2): 6,
        ("skilsmisse", ANY_AGE): 7,
    }


def test_small_counts_are_not_told_but_add_up():
    miss("skilsmisse", 4)
    assert counted() == {}
    miss("skilsmisse", 1, days_ago=3)
    assert counted()["skilsmisse", ANY_AGE] == 5


def test_what_is_long_ago_or_about_no_need_is_not_counted():
    miss("skilsmisse", 50, days_ago=DAYS + 1)
    miss("qvintusfnas", 50)
    assert counted() == {}


def test_the_page_and_the_file_show_offers_and_searches(client, django_user_model):
    login(client, django_user_model, "view_searchmiss")
    miss("skilsmisse 14 år", 6)
    html = client.get(URL).content.decode()
    assert not STRAY_TEMPLATE.search(html)
    assert not INLINE_CODE.search(html)
    assert '<th scope="row">Skilsmisse</th>' in html
    assert '<strong class="lab-moved">+6</strong>' in html
    assert "0 (hul)" in html
    text = client.get(f"{URL}forgaeves.csv?kommune=0265").content.decode("utf-8-sig")
    head, *rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    [row] = [row for row in rows if row[1] == "Skilsmisse"]
    assert row[head.index("13–17 år: forgæves")] == "6"
    assert row[head.index("18–29 år: forgæves")] == "0"


def test_only_those_who_may_see_the_searches_see_the_map(client, django_user_model):
    assert client.get(URL).status_code == 302
    login(client, django_user_model, "view_offer")
    assert client.get(URL).status_code == 403
    assert client.get(f"{URL}forgaeves.csv").status_code == 403


def test_the_desk_leads_there(editor):
    assert f'href="{URL}"' in editor.get("/admin/").content.decode()


def test_a_place_that_is_not_there_is_told(editor):
    assert "Den kommune findes ikke." in editor.get(f"{URL}?kommune=9999").content.decode()
