"""Policies, initiatives, committees, the world's goals and the library."""

import pytest

from policies.hits import rows
from policies.lineage import Lineage
from policies.models import Document, Policy
from policies.outline import outline
from policies.terms import terms_of

pytestmark = pytest.mark.django_db


def test_a_draft_is_unmistakably_a_draft(visitor):
    html = visitor.get("/politikker/koebenhavns-sociale-strategi/").content.decode()
    assert "Udkast, ikke vedtaget" in html
    assert "Dette er et udkast. Ingen har vedtaget det." in html
    assert "Godkendt" not in html


def test_a_plan_that_has_run_out_says_so_and_leads_to_its_policy(visitor):
    html = visitor.get("/politikker/roedovre-handleplan-2017-2018/").content.decode()
    assert "Gjaldt til og med 31. december 2018" in html
    assert 'href="/politikker/roedovre-udsattepolitik/"' in html


def test_in_force_means_adopted_and_within_the_period():
    by_query = set(Policy.objects.in_force().values_list("slug", flat=True))
    by_row = {policy.slug for policy in Policy.objects.all() if policy.in_force()}
    assert by_query == by_row
    assert "politik-for-sociale-indsatser-paa-voksenomraadet" in by_query
    assert by_query.isdisjoint({"koebenhavns-sociale-strategi", "roedovre-handleplan-2017-2018"})


def test_goals_stand_under_the_goal_they_belong_to(visitor):
    policy = Policy.objects.get(slug="politik-for-sociale-indsatser-paa-voksenomraadet")
    tops = outline(Lineage([policy], policy.goals.all()), terms_of(policy))
    assert {entry.goal.kind for entry in tops} == {"strategimaal"}

    def count(entries):
        return sum(1 + count(entry.parts) for entry in entries)

    assert count(tops) == policy.goals.count()
    html = visitor.get(policy.get_absolute_url()).content.decode()
    assert all(f'id="{goal.slug}"' in html for goal in policy.goals.all())


def test_an_initiative_shows_all_ten_sections(visitor):
    html = visitor.get("/indsatser/roedovre-faerre-ensomme/").content.decode()
    headings = (
        "Baggrund",
        "Formål",
        "Mål og succeskriterier",
        "Målgruppe",
        "Sådan inddrages målgruppen",
        "Aktiviteter",
        "Periode",
        "Samarbejdspartnere",
        "Dokumentation og evaluering",
        "Tovholder",
    )
    places = [html.index(f"<h2>{heading}</h2>") for heading in headings]
    assert places == sorted(places)


def test_a_committee_shows_responsibilities_budget_and_agenda(visitor):
    html = visitor.get("/udvalg/roskilde-skole-og-boerneudvalget/").content.decode()
    assert "Pædagogisk-psykologisk rådgivning" in html
    assert "32 % af kommunens budget går til Børn og Unge." in html
    assert "http://roskilde.dk/kommunen/byraad-og-udvalg/skole-og-boerneudvalget" in html


def test_the_goals_of_the_world_show_what_names_them(visitor):
    for number in (1, 2, 3, 10):
        assert "hurtig-hjaelp-til-selvhjaelp" in visitor.get(f"/verdensmaal/{number}/").content.decode()
    assert "Ingen af politikkerne her nævner dette mål." in visitor.get("/verdensmaal/14/").content.decode()


def found(visitor, address, query):
    return {row.slug for row in rows(visitor.get(address, query).context["page"].paginator.object_list)}


def test_policies_are_found_by_words_kind_status_and_authority(visitor):
    assert "roedovre-udsattepolitik" in found(visitor, "/politikker/", {"q": "UDSATTE rødovre"})
    plans = found(visitor, "/politikker/", {"slags": "handleplan"})
    assert plans == {"roedovre-handleplan-2017-2018"}
    assert found(visitor, "/politikker/", {"status": "udkast"}) == {"koebenhavns-sociale-strategi"}
    kl = found(visitor, "/politikker/", {"myndighed": "kl"})
    assert kl == {"kl-invester-foer-det-sker"}


def test_the_library_is_found_by_words_kind_publisher_year_and_group(visitor):
    paper = Document.objects.exclude(year=None).exclude(authority=None).exclude(target_groups=None).first()
    queries = {
        "q": paper.title.upper()[:60],
        "slags": paper.kind,
        "udgiver": paper.authority.slug,
        "aar": paper.year,
        "maalgruppe": paper.target_groups.first().slug,
    }
    for name, value in queries.items():
        slugs = found(visitor, "/bibliotek/", {name: value})
        assert paper.slug in slugs, name
        assert len(slugs) < Document.objects.count(), name
    assert paper.slug in found(visitor, "/bibliotek/", queries)
