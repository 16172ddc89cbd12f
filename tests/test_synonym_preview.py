"""Before a synonym is saved or deleted, its editor sees which known searches change."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from offers.models import Need, Synonym
from tests.conftest import INLINE_CODE

pytestmark = pytest.mark.django_db

ADD = reverse("admin:offers_synonym_add")
BROAD = {"phrase": "Samtalegruppe for mødre", "means": "gæld", "both_ways": "on", "language": "da"}
# A known search that both the broad synonym and the one in the database alter.
ALTERED = "<strong>samtalegruppe for mødre med fødselsdepression</strong>"
QUIET = {"phrase": "pandekageklask på ærø", "means": "gæld", "language": "da"}


def change_url(synonym):
    return reverse("admin:offers_synonym_change", args=[synonym.pk])


def delete_url(synonym):
    return reverse("admin:offers_synonym_delete", args=[synonym.pk])


def form_of(response):
    """Return what the form of a page would send: what was typed, and what has been seen."""
    form = response.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    sent = {name: "on" if value is True else value for name, value in values.items() if value}
    return sent | {"_seen": response.context["lines"]}


@pytest.fixture
def synonym():
    return Synonym.objects.create(phrase="samtalegruppe for mødre", means="gæld")


def test_a_change_that_alters_known_searches_is_shown_before_it_is_saved(editor):
    response = editor.post(ADD, BROAD | {"_save": "Gem"})
    html = response.content.decode()
    assert response.status_code == 200
    assert "Intet er gemt endnu." in html
    assert "kendte søgninger ændrer sig." in html
    assert ALTERED in html
    assert "Med ændringen:" in html
    assert not INLINE_CODE.search(html)
    assert not Synonym.objects.filter(phrase=BROAD["phrase"]).exists()


def test_nothing_that_was_typed_is_lost_and_a_second_click_saves(editor):
    need = Need.objects.get(slug="vold")
    sent = form_of(editor.post(ADD, BROAD | {"need": need.pk, "_save": "Gem"}))
    assert {name: sent[name] for name in BROAD} == BROAD
    response = editor.post(ADD, sent | {"_continue": "Gem"})
    saved = Synonym.objects.get(phrase=BROAD["phrase"])
    assert response.headers["Location"] == change_url(saved)
    assert (saved.means, saved.need, saved.both_ways) == ("gæld", need, True)


def test_what_was_changed_after_it_was_shown_is_shown_again(editor):
    sent = form_of(editor.post(ADD, BROAD | {"_save": "Gem"})) | {"means": "alkohol"}
    response = editor.post(ADD, sent | {"_save": "Gem"})
    assert response.status_code == 200
    assert form_of(response)["means"] == "alkohol"
    assert not Synonym.objects.filter(phrase=BROAD["phrase"]).exists()


def test_what_changes_nothing_is_saved_at_once(editor):
    response = editor.post(ADD, QUIET | {"_save": "Gem"}, follow=True)
    assert "Ingen af de 175 kendte søgninger ændrer sig." in response.content.decode()
    assert Synonym.objects.filter(phrase=QUIET["phrase"]).exists()


def test_the_effect_can_be_asked_for_without_saving(editor):
    response = editor.post(ADD, QUIET | {"_preview": "Vis virkning"})
    assert "Ingen af de 175 kendte søgninger ændrer sig." in response.content.decode()
    assert form_of(response)["phrase"] == QUIET["phrase"]
    assert not Synonym.objects.filter(phrase=QUIET["phrase"]).exists()
    again = editor.post(ADD, form_of(response) | {"_preview": "Vis virkning"})
    assert again.status_code == 200
    assert not Synonym.objects.filter(phrase=QUIET["phrase"]).exists()


def test_a_word_that_no_offer_has_is_a_warning_and_no_error(editor):
    response = editor.post(ADD, QUIET | {"means": "xyzzyx", "_save": "Gem"})
    assert "“xyzzyx” står ikke i noget tilbud." in response.content.decode()
    assert editor.post(ADD, form_of(response) | {"_save": "Gem"}).status_code == 302
    assert Synonym.objects.get(phrase=QUIET["phrase"]).means == "xyzzyx"


def test_a_fault_is_told_at_its_field_and_nothing_is_tried(editor):
    response = editor.post(ADD, {"phrase": "og", "means": "gæld", "_preview": "Vis virkning"})
    html = response.content.decode()
    assert "Skriv en hel vending." in html
    assert "kendte søgninger" not in html


def test_a_changed_synonym_is_compared_with_what_it_was(editor, synonym):
    response = editor.post(
        change_url(synonym), {"phrase": "ny vending", "means": "gæld", "language": "da", "_save": "Gem"}
    )
    assert ALTERED in response.content.decode()
    assert response.context["lines"] == "- samtalegruppe for mødre\nny vending = gæld"
    assert response.context["original"].phrase == "samtalegruppe for mødre"
    synonym.refresh_from_db()
    assert synonym.phrase == "samtalegruppe for mødre"
    seen = {"_version": response.context["version_token"]}
    editor.post(change_url(synonym), form_of(response) | seen | {"_save": "Gem"})
    synonym.refresh_from_db()
    assert synonym.phrase == "ny vending"


def test_deleting_shows_the_effect_first(editor, synonym):
    html = editor.get(delete_url(synonym)).content.decode()
    assert ALTERED in html
    assert not INLINE_CODE.search(html)
    editor.post(delete_url(synonym), {"post": "yes"})
    assert not Synonym.objects.filter(pk=synonym.pk).exists()


def test_deleting_several_shows_the_effect_first(editor, synonym):
    url = reverse("admin:offers_synonym_changelist")
    data = {"action": "delete_selected", "_selected_action": [synonym.pk]}
    assert ALTERED in editor.post(url, data).content.decode()
    assert Synonym.objects.filter(pk=synonym.pk).exists()


def test_what_was_typed_is_never_code(editor):
    evil = {"phrase": "<script>alert(1)</script> samtalegruppe", "means": "<b>fed</b>"}
    html = editor.post(ADD, evil | {"_preview": "Vis virkning"}).content.decode()
    assert "<script>alert" not in html
    assert "<b>fed" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_those_who_may_not_are_refused(client, django_user_model, synonym):
    user = django_user_model.objects.create_user("medarbejder", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_synonym"))
    client.force_login(user)
    assert client.post(ADD, BROAD | {"_preview": "x"}).status_code == 403
    assert client.post(change_url(synonym), BROAD | {"_preview": "x"}).status_code == 403
    assert client.get(delete_url(synonym)).status_code == 403
    assert "Vis virkning" not in client.get(change_url(synonym)).content.decode()


def test_a_synonym_that_is_gone_is_told_so(editor, synonym):
    url = change_url(synonym)
    synonym.delete()
    assert editor.post(url, BROAD | {"_save": "Gem"}).headers["Location"] == reverse("admin:index")
    assert editor.get(delete_url(Synonym(pk=987654))).status_code == 302
