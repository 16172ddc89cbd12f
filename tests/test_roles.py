"""Who may do what: the roles are code, the desk asks the rules, and the table in the docs is true."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from directory.people import roles
from directory.people.roles import ACTIONS, CASES, OWN
from offers.history.states import digest, state_of
from offers.models import ContactPoint, Feedback, Offer, OfferSuccession, Organisation, Venue
from tests.conftest import ROOT
from tests.desks import begins, follows, make

pytestmark = pytest.mark.django_db

ROLES = [role.name for role in roles.roles()]
OWNER, READER, EDITOR, APPROVER, ADMINISTRATOR = ROLES
LIST = reverse("admin:offers_offer_changelist")
SECRET = "Ring ikke til formanden"
NO_ROWS = {
    f"{prefix}-{name}_FORMS": 0
    for prefix in (
        "contact_points",
        "opening_hours",
        "closures",
        "start_dates",
        "successions",
        "fact_checks",
    )
    for name in ("TOTAL", "INITIAL")
}


@pytest.fixture
def own():
    """Return the organisation of whoever is logged in."""
    return make(Organisation, name="Foreningen Egen")


def an_offer(organisation, status=Offer.Status.DRAFT, **more):
    """Return an offer with what every published one must have, and a note."""
    texts = {"summary": "Kort.", "internal_note": SECRET, "slug": f"z-{make(Organisation).pk}"}
    return make(Offer, organisation=organisation, status=status, **texts, **more)


def form_of(offer, **changes):
    """Return what the form of an offer sends, with `changes`."""
    fields = {
        "title": offer.title,
        "slug": offer.slug,
        "summary": offer.summary,
        "organisation": offer.organisation_id,
        "way_in": offer.way_in,
        "anonymous": offer.anonymous,
        "cost": offer.cost,
        "acute_order": offer.acute_order,
        "status": offer.status,
        "_version": digest(state_of(offer)),
    }
    return fields | NO_ROWS | changes


def change_page(offer):
    """Return the address of an offer's page on the desk."""
    return reverse("admin:offers_offer_change", args=[offer.pk])


def save(client, offer, **changes):
    """Send the form of an offer, and return the offer as it is stored afterwards."""
    client.post(change_page(offer), form_of(offer, **changes))
    offer.refresh_from_db()
    return offer


def act(client, action, offer):
    """Choose an action for one offer in the list."""
    return client.post(LIST, {"action": action, "_selected_action": [offer.pk]}, follow=True)


def rewrites(client, offer):
    return save(client, offer, title="Et nyt navn").title == "Et nyt navn"


def submits(client, offer):
    return save(client, offer, status=Offer.Status.IN_REVIEW).status == Offer.Status.IN_REVIEW


def publishes(client, offer):
    """Whether she gets it published, or taken down, by the form and by the action."""
    was = offer.status
    by_form = save(client, offer, status={"kladde": "offentlig", "offentlig": "kladde"}[was]).status != was
    Offer.objects.filter(pk=offer.pk).update(status=Offer.Status.DRAFT)
    act(client, "publish", offer)
    offer.refresh_from_db()
    by_action = offer.status == Offer.Status.PUBLISHED
    seen = client.get(change_page(offer)).status_code == 200
    assert by_action == by_form or not seen
    return by_form


def drafts(client, offer):
    """Whether she may write what the public does not see: a new version, or a draft."""
    live = offer.status == Offer.Status.PUBLISHED
    return begins(client, offer) if live else rewrites(client, offer)


def verifies(client, offer):
    act(client, "mark_verified", offer)
    offer.refresh_from_db()
    return offer.verified_on == timezone.localdate()


def deletes(client, offer):
    client.post(reverse("admin:offers_offer_delete", args=[offer.pk]), {"post": "yes"})
    return not Offer.objects.filter(pk=offer.pk).exists()


ON_THE_DESK = {
    "se": lambda client, offer: client.get(change_page(offer)).status_code == 200,
    "læse noten til redaktøren": lambda client, offer: SECRET in client.get(change_page(offer)).text,
    "rette": rewrites,
    "se historik og nye udgaver": follows,
    "skrive en ny udgave": drafts,
    "sende til godkendelse": submits,
    "gøre offentlig og tage ned": publishes,
    "markere som kontrolleret": verifies,
    "slette": deletes,
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", ROLES)
def test_the_desk_does_what_the_table_says(log_in, own, role, action, case):
    whose, status = CASES[case]
    offer = an_offer(own if whose == OWN else make(Organisation), status)
    done = ON_THE_DESK[action](log_in(role, own), offer)
    expected = roles.matrix()[role, action, case]
    # An approver submits what is public by taking it down first, which is a right of its own.
    if action == "sende til godkendelse" and status == Offer.Status.PUBLISHED:
        expected = roles.matrix()[role, "gøre offentlig og tage ned", case]
    assert done == expected


def test_the_table_in_the_docs_is_that_of_the_code():
    printed = StringIO()
    call_command("sync_roles", "--table", stdout=printed)
    text = (ROOT / "docs" / "roller.md").read_text()
    assert printed.getvalue().strip() in text


def test_syncing_makes_the_groups_and_takes_away_what_is_too_much():
    call_command("sync_roles", verbosity=0)
    group = Group.objects.get(name=READER)
    group.permissions.add(Permission.objects.get(codename="delete_offer"))
    told = StringIO()
    call_command("sync_roles", stdout=told)
    assert told.getvalue() == f"{READER}: 0 til, 1 fra\n"
    assert not group.permissions.filter(codename="delete_offer").exists()
    call_command("sync_roles", stdout=told)
    assert told.getvalue().endswith("Rollerne er, som de skal være.\n")


def test_an_owner_finds_nothing_of_others_drafts(log_in, own):
    mine, public = an_offer(own), an_offer(make(Organisation), Offer.Status.PUBLISHED)
    hidden = an_offer(make(Organisation), title="Hemmeligt projekt")
    expired = an_offer(
        make(Organisation), Offer.Status.PUBLISHED, publish_until=timezone.localdate() - timedelta(days=1)
    )
    OfferSuccession.objects.create(offer=mine, successor=hidden)
    client = log_in(OWNER, own)
    listed = set(client.get(LIST, {"hvis": "alle"}).context["cl"].queryset)
    assert {mine, public} <= listed
    assert not {hidden, expired} & listed
    assert "Hemmeligt projekt" not in client.get(change_page(mine)).text
    asked = {"app_label": "offers", "model_name": "offersuccession", "field_name": "successor"}
    answer = client.get(reverse("admin:autocomplete"), asked | {"term": "Hemmeligt"})
    assert answer.json()["results"] == []
    rows = {
        "successions-TOTAL_FORMS": 1,
        "successions-0-offer": mine.pk,
        "successions-0-successor": hidden.pk,
    }
    refused = client.post(change_page(mine), form_of(mine) | rows)
    assert refused.status_code == 200
    assert mine.successions.count() == 1


def test_an_owner_sees_own_offers_first_and_is_told_why_a_public_one_is_locked(log_in, own):
    mine, live = an_offer(own), an_offer(own, Offer.Status.PUBLISHED)
    an_offer(make(Organisation), Offer.Status.PUBLISHED)
    client = log_in(OWNER, own)
    assert set(client.get(LIST).context["cl"].queryset) == {mine, live}
    assert "Også andres offentlige" in client.get(LIST).text
    assert "Ret tilbuddet" in client.get(change_page(live)).text
    assert "Ret tilbuddet" not in client.get(change_page(mine)).text
    assert "Også andres offentlige" not in log_in(EDITOR).get(LIST).text


def test_who_changed_others_offers_is_not_told(log_in, own):
    mine, other = an_offer(own), an_offer(make(Organisation), Offer.Status.PUBLISHED)
    client = log_in(OWNER, own)
    pages = [reverse("admin:offers_offer_history", args=[offer.pk]) for offer in (mine, other)]
    assert [client.get(page).status_code for page in pages] == [200, 403]


def test_an_owner_gives_no_offer_away_and_takes_none(log_in, own):
    client = log_in(OWNER, own)
    assert client.get(reverse("admin:offers_offer_add")).context["adminform"].form.initial[
        "organisation"
    ] == (own.pk)
    other = make(Organisation)
    offer = an_offer(own)
    assert save(client, offer, organisation=other.pk).organisation == own
    added = form_of(offer, slug="nyt-tilbud", organisation=other.pk)
    client.post(reverse("admin:offers_offer_add"), added)
    assert not Offer.objects.filter(slug="nyt-tilbud").exists()
    client.post(reverse("admin:offers_offer_add"), added | {"organisation": own.pk})
    assert Offer.objects.get(slug="nyt-tilbud").status == Offer.Status.DRAFT


def test_what_the_editors_decide_is_not_the_owners(log_in, own):
    offer = an_offer(own)
    saved = save(log_in(OWNER, own), offer, is_acute="on", slug="et-andet", acute_order=1)
    assert (saved.is_acute, saved.slug, saved.acute_order) == (False, offer.slug, 100)


def test_an_owner_writes_the_rows_of_own_drafts_only(log_in, own):
    draft, live = an_offer(own), an_offer(own, Offer.Status.PUBLISHED)
    row = {
        "contact_points-TOTAL_FORMS": 1,
        "contact_points-0-kind": "telefon",
        "contact_points-0-value": "70 20 12 01",
        "contact_points-0-order": 0,
    }
    client = log_in(OWNER, own)
    for offer in draft, live:
        client.post(change_page(offer), form_of(offer) | row | {"contact_points-0-offer": offer.pk})
    assert list(ContactPoint.objects.filter(offer__in=[draft, live]).values_list("offer", flat=True)) == [
        draft.pk
    ]
    point = ContactPoint.objects.get(offer=draft)
    page = reverse("admin:offers_contactpoint_change", args=[point.pk])
    assert (
        client.post(page, {"offer": live.pk, "kind": "telefon", "value": "1", "order": 0}).status_code
        == 403
    )
    assert client.get(reverse("admin:offers_contactpoint_add")).status_code == 403


def test_an_owner_sees_no_secret_address_but_those_of_own_offers(log_in, own):
    secret, ours, open_to_all = (make(Venue, confidential=flag) for flag in (True, True, False))
    an_offer(own).venues.add(ours)
    client = log_in(OWNER, own)
    seen = set(client.get(reverse("admin:offers_venue_changelist")).context["cl"].queryset)
    assert {ours, open_to_all} <= seen
    assert secret not in seen
    saved = save(client, an_offer(own), venues=[secret.pk])
    assert not saved.venues.exists()


def test_an_owner_reads_reports_about_own_offers_only(log_in, own):
    mine = make(Feedback, offer=an_offer(own))
    other = make(Feedback, offer=an_offer(make(Organisation)))
    client = log_in(OWNER, own)
    pages = {
        row: client.get(reverse("admin:offers_feedback_change", args=[row.pk]), follow=True).status_code
        for row in (mine, other)
    }
    assert set(client.get(reverse("admin:offers_feedback_changelist")).context["cl"].queryset) == {mine}
    assert pages[mine] == 200


def test_policies_are_for_editors_to_write_and_for_caseworkers_to_read(log_in):
    add = reverse("admin:policies_policy_add")
    meetings = reverse("admin:policies_meeting_import")
    answers = {
        role: [client.get(url).status_code for url in (add, meetings)]
        for role in (OWNER, READER, EDITOR)
        if (client := log_in(role))
    }
    assert answers == {OWNER: [403, 403], READER: [403, 403], EDITOR: [200, 200]}


@pytest.mark.parametrize("role", ROLES)
def test_lists_of_a_role_keep_the_query_budget(log_in, own, role, django_assert_max_num_queries):
    for _ in range(5):
        an_offer(own)
    client = log_in(role, own)
    with django_assert_max_num_queries(12):
        assert client.get(LIST).status_code == 200
