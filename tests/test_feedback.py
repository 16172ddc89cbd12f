"""“Er noget forkert?”: a report lands in the inbox, and nothing about who wrote it lands anywhere."""

import logging
import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client, RequestFactory
from django.utils import timezone

from offers import cpr
from offers.feedback import CHOOSE, MOST_FROM_ADDRESS, MOST_ON_OFFER, TOO_MANY, TOO_MANY_ON_OFFER
from offers.models import Feedback, Offer
from offers.rate_limit import address_of, may_go_on
from tests.test_cpr import DATE, LAST, WAYS, shows
from tests.test_offer_list import make_offer
from tests.test_pages import assert_valid

pytestmark = pytest.mark.django_db

SLUG = "headspace-roskilde"
PAGE = f"/tilbud/{SLUG}/ret/"
GOOD = {"kind": "telefon", "text": "Nummeret virker ikke mere.", "hjemmeside": ""}


@pytest.fixture(autouse=True)
def nobody_has_written():
    """Begin and end with no counts."""
    caches["visitors"].clear()
    yield
    caches["visitors"].clear()


def test_the_offer_leads_to_a_form_that_is_valid_and_not_for_search_engines(visitor):
    assert f'href="{PAGE}"' in visitor.get(f"/tilbud/{SLUG}/").content.decode()
    html = visitor.get(PAGE).content.decode()
    assert_valid(html, PAGE)
    assert '<meta name="robots" content="noindex">' in html
    for _, label in Feedback.Kind.choices:
        assert str(label) in html


def test_a_report_is_stored_and_thanked_for(visitor):
    response = visitor.post(PAGE, GOOD, follow=True)
    assert response.redirect_chain == [(f"{PAGE}tak/", 302)]
    html = response.content.decode()
    assert "Tak for din besked" in html
    assert "Hvad sker der nu?" in html
    assert_valid(html, "thanks")
    report = Feedback.objects.get()
    assert (report.offer.slug, report.kind, report.text) == (SLUG, GOOD["kind"], GOOD["text"])
    assert report.closed_at is None


def test_nothing_about_the_reader_is_stored():
    fields = {field.name for field in Feedback._meta.get_fields()}
    editors = {"assigned_to", "closed_at", "outcome"}
    assert fields == {"id", "offer", "kind", "text", "created_at"} | editors


def test_the_choice_alone_is_enough_but_something_else_needs_words(visitor):
    assert visitor.post(PAGE, {"kind": "lukket"}).status_code == 302
    html = visitor.post(PAGE, {"kind": "andet", "text": "  "}).content.decode()
    assert 'id="id_text_error"' in html
    assert 'href="#id_text"' in html
    assert "<title>Fejl: " in html
    assert Feedback.objects.count() == 1


@pytest.mark.parametrize("kind", ["", "findes-ikke", "\0", "x" * 10_000, WAYS[0]])
def test_a_wrong_choice_is_told_at_its_field_and_the_words_stay(visitor, kind):
    response = visitor.post(PAGE, {"kind": kind, "text": "Ring i stedet om aftenen"})
    html = response.content.decode()
    assert response.status_code == 200
    assert 'id="id_kind_error"' in html
    assert html.count(str(CHOOSE)) == 2
    assert "Ring i stedet om aftenen" in html
    assert not shows(response, WAYS[0])
    assert_valid(html, "wrong")


@pytest.mark.parametrize("number", WAYS)
def test_a_cpr_number_is_refused_and_the_rest_of_the_text_stays(visitor, caplog, number):
    response = visitor.post(PAGE, {"kind": "andet", "text": f"Min mor {number} fik ikke svar"})
    html = response.content.decode()
    assert 'id="id_text_error"' in html
    assert str(cpr.REMOVED) in html
    assert "Min mor" in html
    assert "fik ikke svar" in html
    assert not shows(response, number)
    assert DATE not in caplog.text
    assert LAST not in caplog.text
    assert not Feedback.objects.exists()


def test_a_text_that_is_a_little_too_long_stays_whole(visitor):
    text = "Ærø " * 501
    html = visitor.post(PAGE, {"kind": "andet", "text": text}).content.decode()
    assert "Teksten er på 2.003 tegn. Der er plads til 2.000." in html
    assert text.strip() in html
    assert visitor.post(PAGE, {"kind": "andet", "text": text.strip()[:2000]}).status_code == 302


def test_a_line_break_counts_as_one(visitor):
    assert visitor.post(PAGE, {"kind": "andet", "text": "a\r\n" * 1000}).status_code == 302
    assert Feedback.objects.get().text == ("a\n" * 1000).strip()


@pytest.mark.parametrize("letter", ["x", "🌻", "<", f" {WAYS[0]} "])
def test_a_million_letters_get_a_clear_answer_of_moderate_length(visitor, letter):
    response = visitor.post(PAGE, {"kind": "andet", "text": letter * (1_000_000 // len(letter.encode()))})
    assert response.status_code == 200
    assert "Kun begyndelsen står her endnu." in response.content.decode()
    assert len(response.content) < 100_000
    assert not shows(response, WAYS[0])


def test_more_than_the_server_takes_gets_a_page(client):
    response = client.post(PAGE, {"kind": "andet", "text": "x" * 3_000_000})
    assert response.status_code == 400
    assert "fylder for meget" in response.content.decode()


def test_more_than_the_server_takes_is_one_line_in_the_log(client, caplog):
    logging.getLogger("django").addHandler(caplog.handler)
    try:
        client.post(PAGE, "text=" + "x" * 3_000_000, content_type="application/x-www-form-urlencoded")
    finally:
        logging.getLogger("django").removeHandler(caplog.handler)
    [record] = caplog.records
    assert record.levelname == "ERROR"
    assert "DATA_UPLOAD_MAX_MEMORY_SIZE" in caplog.text
    assert "Traceback" not in caplog.text


def test_cpr_numbers_inside_each_other_leave_nothing(visitor):
    text = ""
    for _ in range(300):
        text = f"{DATE} {text} {LAST}" if text else DATE + LAST
    response = visitor.post(PAGE, {"kind": "andet", "text": text})
    assert not shows(response, WAYS[0])


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("a\0b", "ab"),
        ("🌻 {{ x }} {% y %}", "🌻 {{ x }} {% y %}"),
        ("' OR 1=1 --", "' OR 1=1 --"),
        ("Ring 46 31 30 00 i stedet", "Ring 46 31 30 00 i stedet"),
    ],
)
def test_whatever_is_written_is_stored_as_text(editor, visitor, text, stored):
    assert visitor.post(PAGE, {"kind": "andet", "text": text}).status_code == 302
    report = Feedback.objects.get()
    assert report.text == stored
    assert "<script>alert" not in editor.get(f"/admin/offers/feedback/{report.pk}/change/").content.decode()


def test_markup_that_comes_back_is_harmless(visitor):
    html = visitor.post(PAGE, {"text": "</textarea><script>alert(1)</script>"}).content.decode()
    assert "&lt;/textarea&gt;&lt;script&gt;" in html
    assert_valid(html, "markup")


def test_a_machine_is_stopped_and_a_person_only_has_to_send_again(visitor):
    html = visitor.post(PAGE, {**GOOD, "hjemmeside": "https://example.org"}).content.decode()
    assert "som om en maskine havde skrevet" in html
    assert GOOD["text"] in html
    assert "example.org" not in html
    assert not Feedback.objects.exists()


def test_many_from_one_address_are_asked_to_wait_and_lose_nothing(visitor):
    for _ in range(MOST_FROM_ADDRESS):
        assert visitor.post(PAGE, GOOD).status_code == 302
    response = visitor.post(PAGE, GOOD)
    html = response.content.decode()
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "600"
    assert str(TOO_MANY) in html
    assert GOOD["text"] in html
    assert re.search(r'value="telefon"[^>]* checked', html)
    assert_valid(html, "429")
    assert visitor.post(PAGE, GOOD, REMOTE_ADDR="192.0.2.7").status_code == 302
    assert Feedback.objects.count() == MOST_FROM_ADDRESS + 1


def test_mistakes_do_not_count(visitor):
    for _ in range(MOST_FROM_ADDRESS + 1):
        visitor.post(PAGE, {"kind": "andet"})
    assert visitor.post(PAGE, GOOD).status_code == 302


def test_an_offer_takes_so_many_an_hour_wherever_they_come_from(visitor):
    offer = Offer.objects.get(slug=SLUG)
    Feedback.objects.bulk_create(Feedback(offer=offer, kind="lukket") for _ in range(MOST_ON_OFFER))
    response = visitor.post(PAGE, GOOD)
    assert response.status_code == 429
    assert str(TOO_MANY_ON_OFFER) in response.content.decode()
    assert visitor.post("/tilbud/alarm-112/ret/", GOOD).status_code == 302
    Feedback.objects.of(offer).update(created_at=timezone.now() - timedelta(minutes=61))
    assert visitor.post(PAGE, GOOD).status_code == 302


def test_what_is_counted_tells_no_address(visitor):
    visitor.post(PAGE, GOOD, REMOTE_ADDR="192.0.2.7")
    (key,) = caches["visitors"]._cache
    assert "192.0.2.7" not in key
    assert re.search(r"feedback-[0-9a-f]{64}$", key)


def test_an_address_has_another_hash_tomorrow(monkeypatch):
    request = RequestFactory().get("/")
    for day in (1, 2):
        monkeypatch.setattr(timezone, "localdate", lambda day=day: timezone.datetime(2026, 1, day).date())
        assert may_go_on(request, "prøve", most=1, seconds=600)
    assert not may_go_on(request, "prøve", most=1, seconds=600)


@pytest.mark.parametrize(
    ("proxies", "passed", "remote", "address"),
    [
        (0, "198.51.100.9", "192.0.2.7", "192.0.2.7/32"),
        (1, "", "192.0.2.7", "192.0.2.7/32"),
        (1, "203.0.113.5, 198.51.100.9", "192.0.2.7", "198.51.100.9/32"),
        (2, "203.0.113.5, 198.51.100.9", "192.0.2.7", "203.0.113.5/32"),
        (1, "2001:db8:1:2:3:4:5:6", "192.0.2.7", "2001:db8:1:2::/64"),
        (1, "vrøvl", "192.0.2.7", ""),
        (1, "", "", ""),
    ],
)
def test_the_address_is_the_one_that_the_servers_in_front_saw(settings, proxies, passed, remote, address):
    settings.PROXY_COUNT = proxies
    headers = {"HTTP_X_FORWARDED_FOR": passed} if passed else {}
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=remote, **headers)) == address


@pytest.mark.parametrize("ending", ["ret/", "ret/tak/"])
def test_an_offer_that_is_not_public_takes_no_reports(visitor, ending):
    make_offer("trukket-tilbage", status=Offer.Status.ARCHIVED)
    for slug in ("trukket-tilbage", "findes-ikke"):
        assert visitor.get(f"/tilbud/{slug}/{ending}").status_code == 404
    assert visitor.post("/tilbud/trukket-tilbage/ret/", GOOD).status_code == 404
    assert not Feedback.objects.exists()


def test_a_report_sent_from_elsewhere_is_refused(db):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(PAGE, GOOD).status_code == 403
    page = strict.get(PAGE)
    assert page.cookies["csrftoken"]["max-age"] == ""
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]
    assert strict.post(PAGE, {**GOOD, "csrfmiddlewaretoken": token}).status_code == 302


def test_the_inbox_shows_what_waits_first(editor):
    offer = Offer.objects.get(slug=SLUG)
    rows = [Feedback.objects.create(offer=offer, kind="andet", text=str(number)) for number in range(4)]
    done = {"closed_at": timezone.now(), "outcome": "Rettet"}
    Feedback.objects.filter(pk__in=[rows[1].pk, rows[3].pk]).update(**done)
    changelist = editor.get("/admin/offers/feedback/").context["cl"]
    assert [row.closed_at is None for row in changelist.result_list] == [True, True, False, False]
    assert [row.text for row in changelist.result_list][:2] == ["2", "0"]
