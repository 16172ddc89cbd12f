"""No address shows a CPR number again, be it redirected, logged or not found; and no search is kept."""

import pytest
from django.test import Client

from directory.privacy import hidden_in_query
from offers import cpr
from tests.test_cpr import DATE, LAST, WAYS, shows

pytestmark = pytest.mark.django_db

NUMBER = WAYS[0]
LABORATORY = "/admin/offers/synonym/soegelaboratorium/"


def holds(text):
    return DATE in text or LAST in text


@pytest.mark.parametrize("path", ["/tilbud", "/forslag", "/forslag/", "/politikker", "/admin/", "/admin"])
@pytest.mark.parametrize("number", [NUMBER, DATE + LAST, f"{DATE} {LAST}"])
def test_a_redirect_does_not_repeat_it(visitor, path, number):
    response = visitor.get(path, {"q": f"ensom {number}"})
    assert response.status_code in {301, 302}
    assert "ensom" in response.headers["Location"]
    assert not holds(response.headers["Location"])


def test_neither_does_the_redirect_to_https(settings, db):
    settings.SECURE_SSL_REDIRECT = True
    response = Client().get("/tilbud/", {"q": NUMBER})
    assert response.headers["Location"].startswith("https://")
    assert not holds(response.headers["Location"])


def test_behind_a_redirect_it_is_still_told_at_its_field(visitor):
    response = visitor.get("/tilbud", {"q": f"ensom {NUMBER}"}, follow=True)
    html = response.content.decode()
    assert str(cpr.REFUSED) in html
    assert 'value="ensom"' in html
    assert cpr.MARK not in html


@pytest.mark.parametrize("number", WAYS[:3])
def test_a_path_with_one_is_not_found_and_neither_shown_nor_logged(visitor, caplog, number):
    for path in (f"/tilbud/{number}/", f"/{number}", f"/verdensmaal/{number}/", f"/udvalg/{DATE}/{LAST}/"):
        response = visitor.get(path)
        assert response.status_code == 404
        assert not shows(response, number)
    assert "Not Found" in caplog.text
    assert not holds(caplog.text)


@pytest.mark.parametrize(
    "query",
    [
        f"q={NUMBER}",
        f"{NUMBER}=1",
        f"{DATE}={LAST}",
        f"{DATE}&{LAST}",
        f"{DATE}&cpr={LAST}",
        f"q={DATE}%20%2D+{LAST}",
        f"q={DATE}\u200b{LAST}".encode().decode("latin-1"),
    ],
)
def test_in_a_query_string_it_is_hidden_however_it_is_coded(query):
    assert not holds(hidden_in_query(f"behov=gaeld&{query}"))


@pytest.mark.parametrize(
    "query",
    ["", "&&===", "q=%ff%fe&alder=%zz", "q=a%00b", "q=ensom+p%C3%A5+14&alder=14&behov=gaeld", "a=b=c"],
)
def test_other_query_strings_stay_letter_for_letter(query):
    assert hidden_in_query(query) == query


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["q", "tilbud", "aendringer"])
def test_the_laboratory_refuses_it_at_the_field(editor, method, name):
    response = getattr(editor, method)(LABORATORY, {name: f"ensom {NUMBER}"})
    assert response.status_code == 200
    assert response.context["form"].errors[name][-1] == cpr.REFUSED
    assert not shows(response, NUMBER)


@pytest.mark.parametrize("path", ["/tilbud/", "/politikker/", "/bibliotek/", "/soeg-i-politik/", "/tilbud"])
def test_the_answer_to_a_search_is_kept_by_nobody(visitor, path):
    kept = visitor.get(path, {"behov": "gaeld", "q": "gæld"}).headers["Cache-Control"]
    assert set(kept.split(", ")) == {"private", "no-store"}


def test_a_list_without_words_may_be_kept(visitor):
    headers = visitor.get("/tilbud/", {"behov": "gaeld"}).headers
    assert headers["Cache-Control"].startswith("public, max-age=0")


def test_a_browser_is_led_to_the_address_without_it(visitor):
    response = visitor.get("/tilbud/?q=mor+010190-1234&alder=9", headers={"sec-fetch-mode": "navigate"})
    assert response.status_code == 302
    assert response.url.startswith("/tilbud/?q=mor+%E2%96%88")
    assert response.url.endswith("&alder=9")
    assert "no-store" in response["Cache-Control"]
    assert str(cpr.REFUSED) in visitor.get(response.url).content.decode()


def test_an_address_without_one_is_answered_as_it_is(visitor):
    response = visitor.get("/tilbud/?q=mor+%E2%96%88", headers={"sec-fetch-mode": "navigate"})
    assert response.status_code == 200
