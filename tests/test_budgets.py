"""Query budgets, a page by name: constant, whatever the number of rows."""

from datetime import timedelta

import brotli
import pytest
from django.utils import timezone

from offers.models import Offer, Organisation
from policies.models import (
    Committee,
    Delivery,
    Goal,
    IdeaDecision,
    IdeaLink,
    Indicator,
    Initiative,
    Meeting,
    Policy,
    Sdg,
)
from tests.conftest import ROOT

pytestmark = pytest.mark.django_db

BUDGETS = {
    "/": 9,
    "/tilbud/": 0,
    "/tilbud/?alder=10&behov=alkohol-og-stoffer&kommune=0265&q=drikker": 0,
    "/tilbud/?alder=5&kommune=0265&pris=betaling&q=alkohol": 4,
    "/tilbud/?kommune=0175&q=xyzzy": 5,
    "/tilbud/?q=vil+ikke+leve+mere": 3,
    "/tilbud/boernegruppe-naar-mor-eller-far-drikker/": 3,
    "/tilbud/headspace-roskilde/": 3,
    "/tilbud/roedovre-udsatteraadet/": 4,
    "/tilbud/boernegruppe-naar-mor-eller-far-drikker/opslag/": 2,
    "/tilbud/boernegruppe-naar-mor-eller-far-drikker/qr.svg": 1,
    "/tilbud/boernegruppe-naar-mor-eller-far-drikker/ret/": 1,
    "/tilbud/boernegruppe-naar-mor-eller-far-drikker/ret/tak/": 1,
    "/tilbud/nyt.atom": 2,
    "/tilbud/nyt.json?behov=ensom&q=angst": 2,
    "/tilbud/opstart.ics": 2,
    "/tilbud/fundet.csv?behov=ensom&q=angst": 3,
    "/tilbud/fundet.xlsx?alder=14": 3,
    "/data/services.zip": 1,
    "/data/SHA256SUMS": 5,
    "/akut/": 2,
    "/overblik/": 5,
    "/overblik/?kommune=0265&pris=gratis": 5,
    "/overblik/huller.csv": 5,
    "/liste/": 0,
    "/liste/?tilbud=ak22a2+f6zk4s+m-1+m-2+m-3+m-4+m-5+m-6+m-7+m-8+m-9&dato=2026-01-01&q=alkohol": 6,
    "/liste/sammenlign/?tilbud=ak22a2+f6zk4s+m-1+m-2+m-3+m-4+m-5+m-6+m-7+m-8+m-9": 4,
    "/politikker/": 3,
    "/soeg-i-politik/": 7,
    "/soeg-i-politik/?q=ensom&hvad=politik": 2,
    "/politikker/roedovre-udsattepolitik/": 8,
    "/politikker/kl-invester-foer-det-sker/": 8,
    "/indsatser/roedovre-faerre-ensomme/": 3,
    "/udvalg/": 1,
    "/udvalg/roskilde-skole-og-boerneudvalget/": 8,
    "/udvalg/roedovre-social-og-sundhedsudvalget/": 8,
    "/udvalg/roskilde-skole-og-boerneudvalget/moeder.atom": 2,
    "/udvalg/roskilde-skole-og-boerneudvalget/moeder.ics": 2,
    "/kalender/": 3,
    "/kalender/?udvalg=roskilde-skole-og-boerneudvalget&vis=tidligere": 3,
    "/kalender.atom": 1,
    "/kalender.ics": 1,
    "/verdensmaal/": 7,
    "/verdensmaal/3/": 8,
    "/verdensmaal/14/": 5,
    "/bibliotek/": 8,
    "/bibliotek/feed.atom?behov=aeldre": 8,
    "/ideer/": 8,
    "/ideer/?q=skole&status=ny": 8,
    "/ideer/feed.atom?tema=bolig": 4,
    "/data/": 1,
    "/data/api/": 0,
    "/data/hsds/": 0,
    "/indlejr/?vis=liste&q=ensom&kommune=0265&antal=3": 5,
    "/indlejr/soeg/": 0,
    "/indlejr/liste/?q=ensom&kommune=0265": 8,
    "/indlejr/vejviser.js": 0,
    "/om/": 0,
    "/privatliv/": 0,
    "/was": 0,
    "/sitemap.xml": 10,
}


@pytest.fixture
def many_rows():
    """Add what a page would trip over if it asked once a row."""
    organisation = Organisation.objects.get(slug="kl")
    policy = Policy.objects.get(slug="roedovre-udsattepolitik")
    texts = {"summary": "Prøve", "status": Offer.Status.PUBLISHED, "organisation": organisation}
    Offer.objects.bulk_create(
        Offer(slug=f"m-{n}", code=f"m-{n}", title=f"Tilbud {n}", **texts) for n in range(200)
    )
    goals = Goal.objects.bulk_create(
        Goal(policy=policy, slug=f"m-{n}", title=f"Mål {n}", kind=Goal.Kind.GOAL) for n in range(200)
    )
    Indicator.objects.bulk_create(Indicator(goal=goal, what="Antal") for goal in goals)
    Initiative.objects.bulk_create(
        Initiative(policy=policy, slug=f"m-{n}", title=f"Indsats {n}") for n in range(1000)
    )
    catalogue = Policy.objects.get(slug="hurtig-hjaelp-til-selvhjaelp")
    ideas = Goal.objects.bulk_create(
        Goal(policy=catalogue, slug=f"m-{n}", title=f"Idé {n}", kind=Goal.Kind.IDEA) for n in range(150)
    )
    texts = {"status": "i-gang", "decided_on": timezone.localdate(), "reason": "Prøve"}
    IdeaDecision.objects.bulk_create(
        IdeaDecision(goal=idea, committee=Committee.objects.first(), **texts) for idea in ideas
    )
    IdeaLink.objects.bulk_create(
        IdeaLink(idea=idea, goal=goal, reason="Prøve") for idea, goal in zip(ideas, goals, strict=False)
    )
    policy.sdgs.add(Sdg.objects.get(number=3))
    initiative = Initiative.objects.create(policy=policy, slug="m", title="Indsats")
    Delivery.objects.bulk_create(
        Delivery(initiative=initiative, offer=offer, reason="Prøve")
        for offer in Offer.objects.filter(slug__startswith="m-")
    )
    Meeting.objects.bulk_create(
        Meeting(committee=committee, held_on=timezone.localdate() + timedelta(days=n))
        for committee in Committee.objects.all()
        for n in range(-100, 100)
    )


@pytest.mark.parametrize("address", BUDGETS)
def test_page_keeps_its_budget(visitor, django_assert_max_num_queries, monkeypatch, many_rows, address):
    visitor.get(address).getvalue()  # the index and the files are made once, not by each reader
    monkeypatch.setattr("offers.search.following.MAX_AGE", 60)
    with django_assert_max_num_queries(BUDGETS[address]):
        response = visitor.get(address)
        response.getvalue()  # what is streamed asks, too
    assert response.status_code == 200


@pytest.mark.parametrize(("kind", "most"), [("js", 8), ("css", 14)])
def test_our_own_code_in_the_browser_stays_small(kind, most):
    files = (ROOT / "static").glob(f"*.{kind}")
    assert 0 < sum(len(brotli.compress(path.read_bytes())) for path in files) <= most * 1024
