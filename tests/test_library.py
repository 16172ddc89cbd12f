"""The library: what a paper says of itself, counts for every choice, and the feeds of its lists."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from directory.fixtures import load
from offers.models import Organisation
from policies.hits import rows
from policies.models import Document
from tests.conftest import FIXTURES
from tests.feeds import atom
from tests.test_pages import assert_valid

pytestmark = pytest.mark.django_db

DRAFTS = {
    "svendborg-handicappolitik-forslag",
    "sundhedsaftalen-2015-2018-udkast",
    "gladsaxe-boerne-og-ungepolitik-2015-2020",
}
FEED = "/bibliotek/feed.atom"


def html_of(visitor, address):
    """Return a page that is valid."""
    html = visitor.get(address).content.decode()
    assert_valid(html, address)
    return html


def slugs(visitor, query):
    """Return the papers that a question finds."""
    return {row.slug for row in rows(visitor.get("/bibliotek/", query).context["filter"].answer.keys)}


def test_only_what_calls_itself_a_draft_is_one(visitor):
    assert slugs(visitor, {"status": "udkast"}) == DRAFTS
    adopted = slugs(visitor, {"status": "vedtaget"})
    assert "stevns-handicappolitik" in adopted
    assert len(adopted) == 6
    assert len(slugs(visitor, {"status": ["ukendt", "udkast", "vedtaget"]})) == Document.objects.count()


def test_a_draft_says_so_on_its_card_and_in_the_search(visitor):
    html = html_of(visitor, "/bibliotek/?status=udkast")
    assert html.count('badge-warning">Udkast</span>') == 3
    assert "Bibliotek: Politik, udkast" in html_of(visitor, "/soeg-i-politik/?status=udkast&hvad=dokument")
    assert "badge-warning" not in html_of(visitor, "/bibliotek/?status=ukendt")


def test_every_choice_tells_how_much_it_leads_to(visitor):
    found = visitor.get("/bibliotek/").context["filter"]
    for field, counts in found.fields_and_counts():
        for value, _ in field.field.choices:
            count = visitor.get("/bibliotek/", {field.name: value}).context["page"].paginator.count
            assert counts[value] == count > 0, (field.name, value)


def test_several_years_can_be_chosen_and_the_latest_stands_first(visitor):
    years = [
        int(value) for value, _ in visitor.get("/bibliotek/").context["filter"].form.fields["aar"].choices
    ]
    assert years == sorted(set(years), reverse=True)
    both = slugs(visitor, {"aar": years[:2]})
    assert both == slugs(visitor, {"aar": years[0]}) | slugs(visitor, {"aar": years[1]})


def test_of_many_publishers_the_usual_stand_in_the_open_and_the_rest_are_folded(visitor):
    html = html_of(visitor, "/bibliotek/")
    group = html[html.index('id="filter-udgiver"') : html.index('id="filter-aar"')]
    shown, folded = group.split('<details class="more-choices">')
    assert 'value="kl"' in shown
    assert shown.count('type="checkbox"') == 8
    number = int(re.search(r"Vis (\d+) flere", folded).group(1))
    assert folded.count('type="checkbox"') == number > 30
    status = html[html.index('id="filter-status"') : html.index('id="filter-udgiver"')]
    assert "more-choices" not in status


def test_a_publisher_that_is_chosen_is_never_folded(visitor):
    html = html_of(visitor, "/bibliotek/?udgiver=stevns-kommune")
    group = html[html.index('id="filter-udgiver"') : html.index('id="filter-aar"')]
    assert 'value="stevns-kommune" checked' in group.split('<details class="more-choices">')[0]


def test_the_page_tells_readers_and_people_of_the_feed_of_just_this_list(visitor, settings):
    html = html_of(visitor, "/bibliotek/?behov=aeldre&page=2&slags=x&utm=1")
    feed = f"{settings.BASE_URL}{FEED}?behov=aeldre"
    title = "Biblioteket. Behov: At blive ældre"
    assert f'<link rel="alternate" type="application/atom+xml" title="{title}" href="{feed}">' in html
    assert f'<a href="{feed}" type="application/atom+xml">' in html


def test_the_feed_holds_what_the_list_holds(visitor):
    read = atom(visitor, f"{FEED}?status=udkast")
    titles = set(Document.objects.filter(slug__in=DRAFTS).values_list("title", flat=True))
    assert {entry.title for entry in read.entries} == titles
    assert read.feed.title == "Biblioteket. Status: Udkast"
    assert all("Udkast" in entry.summary for entry in read.entries)
    for entry in read.entries:
        page = entry.link.partition("://")[2]
        html = visitor.get(page[page.index("/") :].partition("#")[0]).content.decode()
        assert f'id="{entry.link.partition("#")[2]}"' in html


def test_a_question_has_one_feed_whatever_the_order_it_is_asked_in(visitor):
    one = atom(visitor, f"{FEED}?slags=plan&slags=politik&behov=aeldre&page=3")
    other = atom(visitor, f"{FEED}?behov=aeldre&slags=politik&slags=plan")
    assert one.feed.id == other.feed.id
    assert one.feed.id != atom(visitor, FEED).feed.id


def test_a_wrong_question_is_told_in_the_feed_itself(visitor):
    read = atom(visitor, f"{FEED}?status=fejl&slags=plan")
    assert read.feed.subtitle == "“fejl” findes ikke. Vælg i stedet fra listen."
    assert read.feed.title == "Biblioteket. Slags: Plan"
    assert len(read.entries) == Document.objects.filter(kind="plan").count()


def test_a_cpr_number_is_in_no_part_of_a_feed(visitor):
    response = visitor.get(f"{FEED}?q=010203-1234")
    assert "1234" not in response.content.decode()
    assert "CPR" in response.content.decode()


def test_what_is_new_or_changed_is_told_first_and_keeps_its_name(visitor):
    before = atom(visitor, FEED)
    last = Document.objects.get(title=before.entries[-1].title)
    last.summary = "Noget helt andet."
    last.save()
    after = atom(visitor, FEED)
    assert (after.entries[0].title, after.entries[0].id) == (last.title, before.entries[-1].id)
    assert "Noget helt andet." in after.entries[0].summary
    made = Document.objects.create(slug="ny", title="Et nyt papir", kind="plan", summary="Nyt.")
    assert atom(visitor, FEED).entries[0].title == made.title


def test_what_is_saved_as_it_was_is_no_news():
    Document.objects.update(changed_at=datetime(2026, 1, 1, tzinfo=UTC))
    load(FIXTURES)
    paper = Document.objects.get(slug="stevns-handicappolitik")
    paper.save()
    assert set(Document.objects.values_list("changed_at", flat=True)) == {datetime(2026, 1, 1, tzinfo=UTC)}
    for name, value in {
        "status": "ukendt",
        "authority": Organisation.objects.get(slug="kl"),
        "year": "1999",
    }.items():
        paper = Document.objects.get(pk=paper.pk)
        Document.objects.filter(pk=paper.pk).update(changed_at=datetime(2026, 1, 1, tzinfo=UTC))
        setattr(paper, name, value)
        paper.save()
        assert timezone.now() - paper.changed_at < timedelta(hours=1), name


def test_what_has_not_changed_is_not_sent_again(visitor):
    Document.objects.update(changed_at=datetime(2026, 11, 1, 12, 0, 30, 999, tzinfo=UTC))
    address = f"{FEED}?behov=aeldre"
    first = visitor.get(address)
    tag, when = first.headers["ETag"], first.headers["Last-Modified"]
    assert when == "Sun, 01 Nov 2026 12:00:30 GMT"
    for known in ({"if_none_match": tag}, {"if_modified_since": when}):
        again = visitor.get(address, headers=known)
        assert (again.status_code, again.content) == (304, b"")
    Document.objects.filter(needs__slug="aeldre").first().delete()
    assert visitor.get(address, headers={"if_none_match": tag}).status_code == 200


def test_in_english_the_entries_are_the_same(visitor):
    danish, english = atom(visitor, FEED), atom(visitor, f"/en{FEED}")
    assert [entry.id for entry in english.entries] == [entry.id for entry in danish.entries]
    assert english.feed.language == "en"


def test_a_feed_of_nothing_is_a_feed(visitor):
    assert atom(visitor, f"{FEED}?q=xyzzyxyzzy").entries == []
