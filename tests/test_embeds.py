"""What other sites may show of ours in a frame, and that they may show nothing else."""

import re
from html import unescape

import pytest

from tests.addresses import public_addresses
from tests.lists import offers_on

pytestmark = pytest.mark.django_db
FRAMES = ("/indlejr/soeg/", "/indlejr/liste/?q=ensom", "/en/indlejr/soeg/", "/indlejr/liste/?kommune=x")
NEIGHBOUR = "https://www.roskilde.dk"


def ancestors(response):
    """Return who may show a page in a frame."""
    policy = response.headers["Content-Security-Policy"]
    return re.search("frame-ancestors ([^;]+)", policy)[1]


def test_nothing_may_be_framed_until_a_site_is_named(visitor):
    for address in FRAMES:
        assert ancestors(visitor.get(address)) == "'none'"


def test_only_the_embedded_pages_may_be_framed_and_only_by_those_named(visitor, settings):
    settings.EMBED_ORIGINS = [NEIGHBOUR, "https://*.rk.dk"]
    for address in FRAMES:
        response = visitor.get(address)
        assert ancestors(response) == f"{NEIGHBOUR} https://*.rk.dk"
        assert "X-Frame-Options" not in response.headers
        assert not response.cookies
    for address in [*public_addresses(), "/admin/login/", "/findes-ikke/", "/data/api/proev/"]:
        if not address.startswith(("/indlejr/soeg/", "/indlejr/liste/")):
            response = visitor.get(address, follow=False)
            assert ancestors(response) == "'none'", address
            assert response.headers["X-Frame-Options"] == "DENY", address


def test_a_list_shows_the_first_offers_and_leads_to_all(visitor):
    page = visitor.get("/indlejr/liste/?q=ensom&antal=3").content.decode()
    first = offers_on(visitor.get("/tilbud/?q=ensom"))[:3]
    assert re.findall('<h2.*?href="([^"]*)"', page) == [offer.get_absolute_url() for offer in first]
    assert 'href="/tilbud/?q=ensom"' in page
    assert '<base target="_top">' in page


@pytest.mark.parametrize("wrong", ["7", "-1", "x", "", "9" * 30, "%00"])
def test_an_odd_number_of_offers_is_the_usual_one(visitor, wrong):
    page = visitor.get(f"/indlejr/liste/?antal={wrong}").content.decode()
    assert page.count("<h2") == 5


def test_a_search_that_cannot_be_read_shows_no_list(visitor):
    response = visitor.get("/indlejr/liste/?kommune=findes-ikke")
    assert response.status_code == 400
    assert "hente en ny kode" in response.content.decode()


def test_a_cpr_number_in_the_address_is_not_repeated(visitor):
    for address in ("/indlejr/liste/?q=010190-1234", "/indlejr/?vis=liste&q=010190-1234"):
        assert "1234" not in visitor.get(address).content.decode()


def test_the_code_is_for_what_is_chosen(visitor, settings):
    page = visitor.get("/indlejr/?vis=liste&q=ensom&kommune=0265&antal=3").content.decode()
    frame, script = (
        unescape(code) for code in re.findall("<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    )
    assert f'src="{settings.BASE_URL}/indlejr/liste/?q=ensom&amp;kommune=0265&amp;antal=3"' in frame
    assert 'title="Tilbud om hjælp' in frame
    assert f'src="{settings.BASE_URL}/indlejr/vejviser.js"' in script
    english = visitor.get("/en/indlejr/?vis=soeg").content.decode()
    assert f"{settings.BASE_URL}/en/indlejr/soeg/" in english


@pytest.mark.parametrize(
    "wrong", ["vis=x", "vis=liste&kommune=x", "vis=liste&antal=4", "vis=", "q=%00", "q=a"]
)
def test_a_wrong_choice_is_told_and_gives_no_code(visitor, wrong):
    response = visitor.get(f"/indlejr/?{wrong}")
    assert response.status_code == 200
    page = response.content.decode()
    assert "Vi kan ikke lave koden" in page
    assert "<textarea" not in page


def test_the_script_may_be_fetched_by_other_sites(visitor):
    response = visitor.get("/indlejr/vejviser.js")
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    again = visitor.get("/indlejr/vejviser.js", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304
