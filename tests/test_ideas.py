"""The ideas: by theme, with what has become of each and why, and the feed that tells of it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from policies.models import Committee, Goal, IdeaDecision, IdeaLink
from tests.feeds import atom
from tests.test_pages import assert_valid

pytestmark = pytest.mark.django_db

FEED = "/ideer/feed.atom"
CATALOGUE = "hurtig-hjaelp-til-selvhjaelp"


def idea(slug="boligsocial-indsats"):
    """Return an idea of the catalogue."""
    return Goal.objects.get(policy__slug=CATALOGUE, slug=slug)


def decide(status, day, slug="boligsocial-indsats", **values):
    """Return a new decision on an idea."""
    values = {"reason": f"Fordi det blev {status}.", **values}
    return IdeaDecision.objects.create(goal=idea(slug), status=status, decided_on=day, **values)


def html_of(visitor, address="/ideer/"):
    """Return a page that is valid."""
    html = visitor.get(address).content.decode()
    assert_valid(html, address)
    return html


def found(visitor, **query):
    """Return the slugs of the ideas on the page."""
    return [row.slug for row in visitor.get("/ideer/", query).context["page"]]


def test_every_idea_stands_under_its_theme_and_those_of_several_come_last(visitor):
    html = html_of(visitor)
    for row in Goal.objects.filter(kind="ide"):
        assert html.count(f'id="{row.anchor_among_ideas}"') == 1
    places = [html.index(f'id="tema-{slug}"') for slug in ("familie", "bolig", "blive-hoert", "andre")]
    assert places == sorted(places)
    home = html.index(f'id="{idea().anchor_among_ideas}"')
    assert html.index('id="tema-bolig"') < home < html.index('id="tema-aeldre"')


def test_nothing_is_invented_about_the_ideas_that_come_with_the_house(visitor):
    assert IdeaDecision.objects.count() == 0
    html = html_of(visitor)
    assert "Besluttet" not in html
    assert html.count('<span class="badge">Ny</span>') == 14
    assert all(link.reason for link in IdeaLink.objects.all())


def test_an_idea_shows_what_was_decided_last_with_day_reason_and_committee(visitor):
    committee = Committee.objects.get(slug="roskilde-skole-og-boerneudvalget")
    decide("i-gang", date(2025, 3, 1))
    decide("afvist", date(2026, 2, 3), reason="Der var ikke penge til det.", committee=committee)
    html = html_of(visitor, "/ideer/?tema=bolig")
    last = html.index("Afvist</span> Besluttet 3. februar 2026 af")
    assert last < html.index("Der var ikke penge til det.") < html.index("Sådan gik det før")
    assert html.index("Sådan gik det før") < html.index("Besluttet 1. marts 2025.")
    assert committee.get_absolute_url() in html


def test_ideas_are_found_by_status_theme_and_words(visitor):
    decide("gennemfoert", date(2026, 1, 1))
    assert found(visitor, status="gennemfoert") == ["boligsocial-indsats"]
    assert "boligsocial-indsats" not in found(visitor, status="ny")
    assert len(found(visitor, status="ny")) == 13
    assert found(visitor, tema="bolig") == ["boligsocial-indsats"]
    assert found(visitor, q="økologisk mad")[-1] == "oekologisk-mad"
    assert found(visitor, tema="bolig", status="afvist") == []


def test_every_choice_tells_how_many_ideas_it_leads_to(visitor):
    decide("i-gang", date(2026, 1, 1))
    for field, counts in visitor.get("/ideer/").context["filter"].fields_and_counts():
        for value, _ in field.field.choices:
            assert counts.get(value, 0) == len(found(visitor, **{field.name: value})), value


def test_an_idea_shows_the_goals_and_committees_it_hangs_together_with_and_why(visitor):
    html = html_of(visitor)
    card = html[html.index(f'id="{idea("tidlig-indsats").anchor_among_ideas}"') :]
    card = card[: card.index("</li>\n", card.index("Hænger sammen med"))]
    assert "/politikker/politik-for-sociale-indsatser-paa-voksenomraadet/#maal-1-kerneopgaven" in html
    assert "/udvalg/roskilde-skole-og-boerneudvalget/" in card
    assert "De er en del af udvalgets ansvar." in card


def test_the_catalogue_and_the_list_lead_to_each_other(visitor):
    assert 'href="/ideer/"' in html_of(visitor, f"/politikker/{CATALOGUE}/")
    assert f'href="/politikker/{CATALOGUE}/#boligsocial-indsats"' in html_of(visitor)
    assert 'href="/ideer/"' in html_of(visitor, "/politikker/")


def test_one_cannot_vote_or_comment(visitor):
    html = html_of(visitor)
    assert 'method="post"' not in html
    assert "<textarea" not in html


def test_a_decision_is_told_by_atom(visitor, settings):
    assert atom(visitor, FEED).entries == []
    made = decide("afvist", date(2026, 2, 3), reason="Der var ikke penge til det.")
    read = atom(visitor, FEED)
    assert [entry.id for entry in read.entries] == [made.uuid.urn]
    entry = read.entries[0]
    assert entry.title == "Afvist: En samlet boligsocial indsats"
    assert "Besluttet 3. februar 2026." in entry.summary
    assert "Der var ikke penge til det." in entry.summary
    assert entry.link == f"{settings.BASE_URL}/ideer/#{idea().anchor_among_ideas}"


def test_the_feed_can_be_of_one_theme_and_one_status(visitor):
    decide("i-gang", date(2025, 1, 1))
    decide("gennemfoert", date(2026, 1, 1))
    decide("afvist", date(2026, 1, 1), "aeldre")
    assert len(atom(visitor, FEED).entries) == 3
    assert len(atom(visitor, f"{FEED}?tema=bolig").entries) == 2
    titles = [entry.title for entry in atom(visitor, f"{FEED}?status=gennemfoert").entries]
    assert titles == ["Gennemført: En samlet boligsocial indsats"]
    assert atom(visitor, f"{FEED}?tema=bolig&status=afvist").entries == []


def test_the_history_is_kept_and_what_is_mended_keeps_its_name(visitor):
    first = decide("i-gang", date(2025, 1, 1))
    decide("afvist", date(2026, 1, 1))
    before = atom(visitor, FEED)
    IdeaDecision.objects.update(changed_at=timezone.now() - timedelta(days=9))
    first.reason = "En bedre begrundelse."
    first.save()
    after = atom(visitor, FEED)
    assert {entry.id for entry in after.entries} == {entry.id for entry in before.entries}
    assert after.entries[0].id == first.uuid.urn


def test_what_has_not_changed_is_not_sent_again(visitor):
    decide("i-gang", date(2025, 1, 1))
    first = visitor.get(FEED)
    for known in (
        {"if_none_match": first.headers["ETag"]},
        {"if_modified_since": first.headers["Last-Modified"]},
    ):
        assert visitor.get(FEED, headers=known).status_code == 304
    decide("afvist", date(2026, 1, 1))
    assert visitor.get(FEED, headers={"if_none_match": first.headers["ETag"]}).status_code == 200


def test_in_english_the_words_of_the_status_are_english(visitor):
    decide("gennemfoert", date(2026, 1, 1))
    html = html_of(visitor, "/en/ideer/")
    assert ">New</span>" in html
    assert ">Carried out</span>" in html
    english = atom(visitor, f"/en{FEED}")
    assert [entry.id for entry in english.entries] == [entry.id for entry in atom(visitor, FEED).entries]


def test_a_decision_is_on_an_idea_and_of_a_day_that_has_been():
    goal = Goal.objects.get(slug="maal-1-kerneopgaven")
    for made, sentence in (
        (IdeaDecision(goal=goal, status="ny", decided_on=date(2026, 1, 1)), "ikke en idé"),
        (
            IdeaDecision(goal=idea(), status="ny", decided_on=timezone.localdate() + timedelta(days=1)),
            "ikke kommet endnu",
        ),
        (IdeaDecision(goal=idea(), status="ny"), "Skriv den dag"),
        (IdeaLink(idea=goal, goal=idea(), reason="x"), "ikke en idé"),
    ):
        with pytest.raises(ValidationError, match=sentence):
            made.full_clean()


def test_an_idea_with_a_past_stays_an_idea():
    row = idea("aeldre")
    decide("i-gang", date(2026, 1, 1), "aeldre")
    row.kind, row.theme = "maal", None
    with pytest.raises(ValidationError, match="Slet dem først"):
        row.full_clean()


def test_an_editor_keeps_the_status_on_the_page_of_the_idea(editor):
    row = idea()
    page = f"/admin/policies/goal/{row.pk}/change/"
    html = editor.get(page).content.decode()
    assert 'name="decisions-TOTAL_FORMS"' in html
    assert 'name="idea_links-TOTAL_FORMS"' in html
    goal = Goal.objects.get(slug="maal-1-kerneopgaven")
    assert (
        "decisions-TOTAL_FORMS"
        not in editor.get(f"/admin/policies/goal/{goal.pk}/change/").content.decode()
    )
    data = {
        "_version": editor.get(page).context["version_token"],
        "policy": row.policy_id,
        "kind": "ide",
        "title": row.title,
        "slug": row.slug,
        "order": row.order,
        "theme": row.theme_id,
        **{f"{name}-TOTAL_FORMS": 0 for name in ("indicators", "idea_links")},
        **{f"{name}-INITIAL_FORMS": 0 for name in ("indicators", "idea_links", "decisions")},
        "decisions-TOTAL_FORMS": 1,
        "decisions-0-status": "afvist",
        "decisions-0-decided_on": "2026-02-03",
    }
    refused = editor.post(page, data)
    assert "Skriv begrundelsen." in refused.content.decode()
    assert not row.decisions.exists()
    assert editor.post(page, {**data, "decisions-0-reason": "Ingen penge."}).status_code == 302
    assert row.decisions.get().reason == "Ingen penge."
    rejected = editor.get("/admin/policies/goal/?idestatus=afvist").context["cl"].queryset
    assert list(rejected) == [row]
