"""The page of dead links: what is dead, since when and why, where it stands, and how it is mended."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from offers.models import ContactPoint, LinkCheck, Offer, Organisation
from policies.models import Committee
from tests.conftest import INLINE_CODE, STRAY_TEMPLATE
from tests.links.servers import ok, site, status, to
from tests.test_laboratory import login

pytestmark = pytest.mark.django_db

URL = "/admin/offers/linkcheck/doede/"
OLD, NEW = "https://gammel.example/side", "https://ny.example/side"


def dead(url=OLD, state=LinkCheck.State.DEAD, **also):
    now = timezone.now()
    values = {
        "error": "Siden findes ikke (svar 404).",
        "failures": 5,
        "failing_since": now - timedelta(days=9),
    }
    return LinkCheck.objects.create(url=url, state=state, checked_at=now, **{**values, **also})


def moved():
    return dead(state=LinkCheck.State.ANSWERS, redirected_to=NEW, error="", failures=0, failing_since=None)


@pytest.fixture
def places():
    """Let the old address stand in an offer, twice, in a contact, and in a committee."""
    offer = Offer.objects.get(slug="headspace-roskilde")
    Offer.objects.filter(pk=offer.pk).update(url=OLD, apply_url=OLD)
    contact = ContactPoint.objects.create(offer=offer, kind="web", value=OLD)
    committee = Committee.objects.first()
    Committee.objects.filter(pk=committee.pk).update(source_url=OLD)
    return offer, contact, committee


def stands(url, places):
    offer, contact, committee = places
    for row in places:
        row.refresh_from_db()
    return [url == value for value in (offer.url, offer.apply_url, contact.value, committee.source_url)]


def text(client, **data):
    response = client.post(URL, data, follow=True) if data else client.get(URL)
    assert response.status_code == 200
    html = response.content.decode()
    assert not STRAY_TEMPLATE.search(html)
    assert not INLINE_CODE.search(html)
    return html


def test_it_tells_what_is_dead_since_when_why_and_where_it_stands(editor, places):
    offer, _, committee = places
    link = dead()
    html = text(editor)
    assert f'href="{OLD}" rel="noopener noreferrer external"' in html
    assert "Siden findes ikke (svar 404). Har ikke svaret siden" in html
    assert (
        f'<a href="/admin/offers/offer/{offer.pk}/change/">{offer.title}</a> (tilbud, hjemmeside)' in html
    )
    assert f"{offer.title}</a> (tilbud, tilmelding)" in html
    assert f"{offer.title}</a> (kontakt, nummer eller adresse)" in html
    assert f"{committee.name}</a> (udvalg, kilde)" in html
    assert f'id="ny-{link.pk}"' in html
    assert "Brug den nye adresse" not in html


def test_what_failed_once_is_only_counted(editor):
    dead(state=LinkCheck.State.FAILING)
    html = text(editor)
    assert "En anden adresse svarede ikke sidst." in html
    assert OLD not in html
    assert "Der er ingen døde adresser." in html


def test_one_click_uses_the_new_address_everywhere_and_it_is_logged(editor, places):
    link = moved()
    html = text(editor, link=link.pk, flyttet="")
    assert f"Den nye adresse står nu 4 steder: {NEW}" in html
    assert all(stands(NEW, places))
    assert set(LinkCheck.objects.filter(url__in=[OLD, NEW]).values_list("url", flat=True)) == {NEW}
    said = LogEntry.objects.values_list("change_message", "object_id")
    assert (f"Adressen {OLD} er rettet til {NEW}.", str(places[0].pk)) in said
    offer_page = editor.get(f"/tilbud/{places[0].slug}/").content.decode()
    assert OLD not in offer_page


def test_another_address_can_be_written(editor, places):
    link = dead()
    html = text(editor, link=link.pk, ny="www.ny.example/side", ret="")
    assert "https://www.ny.example/side" in html
    assert all(stands("https://www.ny.example/side", places))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Skriv den nye adresse."),
        ("to ord", "Det er ikke en adresse."),
        ("javascript:alert(1)", "Det er ikke en adresse."),
        ("ftp://example.org/", "Adressen begynder ikke med http:// eller https://."),
        ("https://example.org:8443/", "Vi ser kun på port 80 og 443."),
        (f"https://example.org/{'a' * 250}", "må højst have 200 tegn"),
        ("x" * 2000, "Det er ikke en adresse."),
    ],
)
def test_what_cannot_be_an_address_is_told_at_the_field_and_kept(editor, places, typed, sentence):
    link = dead()
    html = text(editor, link=link.pk, ny=typed, ret="")
    assert sentence in html
    assert f'value="{typed}"' in html
    assert 'aria-invalid="true"' in html
    assert all(stands(OLD, places))


def test_an_editor_mends_what_she_may_and_is_told_of_the_rest(client, django_user_model, places):
    link = dead()
    login(
        client,
        django_user_model,
        "view_linkcheck",
        "view_offer",
        "change_offer",
        "see_any_offer",
        "edit_live_offer",
    )
    html = text(client, link=link.pk, ny=NEW, ret="")
    assert "Den gamle står stadig 2 steder, hvor du ikke må rette." in html
    assert stands(NEW, places) == [True, True, False, False]
    assert LinkCheck.objects.filter(pk=link.pk).exists()


def test_seeing_is_not_mending_and_others_do_not_get_in(client, django_user_model, places):
    link = moved()
    assert client.get(URL).status_code == 302
    login(client, django_user_model, "view_linkcheck")
    html = text(client)
    for name in ("flyttet", "ret", "igen", "staa", "fjern"):
        assert f'name="{name}"' not in html
    for data in ({"flyttet": ""}, {"ny": NEW}, {"igen": ""}, {"staa": ""}, {"fjern": ""}):
        assert client.post(URL, {"link": link.pk, **data}).status_code == 403
    assert all(stands(OLD, places))
    client.force_login(django_user_model.objects.create_user("anden", is_staff=True))
    assert client.get(URL).status_code == 403


@pytest.mark.parametrize("key", ["", "0", "x", "-1", "٣", "9" * 18])
def test_an_address_that_is_not_there_is_not_found(editor, key):
    assert editor.post(URL, {"link": key, "igen": ""}).status_code == 404


def test_look_again_tells_at_once(editor, settings):
    with site({"/dead": status(410), "/moved": to("/here"), "/fine": ok}) as server:
        settings.LINK_LOOPBACK_PORTS = frozenset([server.port])
        for path, said in (
            ("dead", "Siden findes ikke (svar 410)."),
            ("moved", "Adressen er flyttet."),
            ("fine", "Adressen svarer."),
        ):
            link = dead(f"{server.at}/{path}")
            assert f"Vi har set på {link.url}: {said}" in text(editor, link=link.pk, igen="")
    assert dict(LinkCheck.objects.values_list("error", "state"))[""] == "svarer"


def test_what_was_imported_is_never_a_script(editor):
    dead("javascript:alert(1)")
    dead('https://x.example/"><script>alert(1)</script>')
    html = text(editor)
    assert 'href="javascript:' not in html
    assert "<script>alert" not in html


def test_it_keeps_its_query_budget(editor, django_assert_max_num_queries):
    for number, organisation in enumerate(Organisation.objects.all()[:60]):
        Organisation.objects.filter(pk=organisation.pk).update(url=f"{OLD}/{number}")
    for number in range(60):
        dead(f"{OLD}/{number}")
    with django_assert_max_num_queries(12):
        html = text(editor)
    assert "Her er kun de 50 første." in html


def test_the_desk_leads_there(editor):
    assert f'href="{URL}"' in editor.get("/admin/").content.decode()
    assert f'href="{URL}"' in editor.get("/admin/offers/linkcheck/").content.decode()


def test_an_old_source_may_stay_for_a_while(editor, places):
    link = dead()
    assert "180 dage går" in text(editor, link=link.pk, staa="")
    assert all(stands(OLD, places))
    assert "Der er ingen døde adresser." in text(editor)
    LinkCheck.objects.update(left_until=timezone.localdate())
    assert OLD in text(editor)


def test_an_address_can_be_removed_but_not_from_what_is_nothing_else(editor, places):
    link = dead()
    html = text(editor, link=link.pk, fjern="")
    assert "(kontakt, nummer eller adresse): Her kan adressen ikke stå tom." in html
    assert all(stands(OLD, places))
    places[1].delete()
    assert f"Adressen er fjernet: {OLD}" in text(editor, link=link.pk, fjern="")
    assert not Offer.objects.filter(url=OLD).exists()
    assert not LinkCheck.objects.exists()
