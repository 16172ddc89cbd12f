"""Other directories leave out much, write what is odd, and may mean ill: nothing breaks, nothing leaks."""

import json

import pytest
from django.core.management import CommandError

from offers.harvest import fetching, pages, spool
from offers.models import Offer, OpeningHours
from tests.harvest.sources import SERVICE, a_service, directory, empty, file_of, send_json, take
from tests.links import servers

pytestmark = pytest.mark.django_db


def taken():
    """Return the offer that was taken."""
    return Offer.objects.get(uuid=SERVICE)


def test_pages_are_read_to_the_end(settings):
    names = [f"Tilbud {number}" for number in range(250)]
    services = [a_service(id=f"id-{name}", name=name, phones=[]) for name in names]
    with directory({"services": services, "organizations": []}, settings) as other:
        take(f"{other.base}/services", "--save")
        asked = [path for _, path, *_ in other.asked if "/services" in path]
    assert Offer.objects.filter(title__in=names).count() == 250
    assert len(asked) == 3


def test_a_list_without_details_is_asked_for_each(settings):
    shallow = {name: value for name, value in a_service().items() if name != "organization"}
    with directory({"services": [shallow], "organizations": []}, settings) as other:
        whole = a_service(phones=[{"number": "70 20 12 66"}])
        other.routes[f"/hsds/services/{SERVICE}"] = lambda handler: send_json(handler, whole)
        take(other.base, "--save")
    assert taken().contact_points.get().value == "70 20 12 66"


def test_a_list_that_never_ends_is_left(settings):
    def again(handler):
        send_json(handler, {"contents": [a_service(phones=[])], "last_page": False, "total_pages": 10**9})

    with servers.site({"/hsds/services": again}) as server:
        settings.LINK_LOOPBACK_PORTS = frozenset({server.port})
        with pytest.raises(CommandError, match="igen og igen"):
            take(f"{server.at}/hsds/services", "--save")
    assert not Offer.objects.filter(uuid=SERVICE).exists()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/services",
        "http://169.254.169.254/services",
        "http://[::1]/services",
        "http://user:pw@example.dk/services",
        "http://10.0.0.7/services",
        "https://example.dk:8443/services",
    ],
)
def test_no_machine_of_our_own_is_asked(url):
    with pytest.raises(CommandError):
        take(url)


def test_a_server_may_not_lead_to_a_machine_of_our_own(settings):
    routes = {"/hsds/services": servers.to("http://127.0.0.1:9/services", 302)}
    with servers.site(routes) as server:
        settings.LINK_LOOPBACK_PORTS = frozenset({server.port})
        with pytest.raises(CommandError, match="port 9"):
            take(f"{server.at}/hsds/services")


@pytest.mark.parametrize("answer", [servers.status(500), servers.gibberish, servers.hang_up, servers.ok])
def test_a_server_that_answers_badly_is_told_of(answer, settings):
    with servers.site({"/hsds/services": answer}) as server:
        settings.LINK_LOOPBACK_PORTS = frozenset({server.port})
        with pytest.raises(CommandError):
            take(f"{server.at}/hsds/services")


def test_an_answer_without_end_is_broken_off(settings, monkeypatch):
    monkeypatch.setattr(pages, "MOST_OF_A_PAGE", 200_000)
    with servers.site({"/hsds/services": servers.huge}) as server:
        settings.LINK_LOOPBACK_PORTS = frozenset({server.port})
        with pytest.raises(CommandError, match="for stort"):
            take(f"{server.at}/hsds/services")
        assert server.broken_off.wait(10)


def test_a_server_that_says_nothing_is_left_in_time(settings, monkeypatch):
    monkeypatch.setattr(fetching.Fetcher.__init__, "__defaults__", (fetching.Patience(0.3, 0.6, 0.0),))
    with servers.site({"/hsds/services": servers.silent}) as server:
        settings.LINK_LOOPBACK_PORTS = frozenset({server.port})
        with pytest.raises(CommandError, match="svarede ikke"):
            take(f"{server.at}/hsds/services")


def test_too_many_records_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(spool, "MOST_RECORDS", 2)
    services = [a_service(id=f"n{number}") for number in range(3)]
    with pytest.raises(CommandError, match="Intet er gemt"):
        take(file_of(tmp_path, *services), "--save")


@pytest.mark.parametrize("text", ["", "[]", "{", "hej", "[1, 2]", '{"contents": 3}', "[" * 100_000, "\x00"])
def test_what_is_no_hsds_is_told_of(tmp_path, text):
    path = tmp_path / "fil.json"
    path.write_text(text)
    with pytest.raises(CommandError):
        take(path)
    with pytest.raises(CommandError, match="ikke læse filen"):
        take(tmp_path / "findes-ikke.json")


def test_one_json_file_may_hold_a_list_a_page_or_an_organisation(tmp_path):
    service = a_service()
    owner = service.pop("organization")
    for whole in ([a_service()], {"contents": [a_service()]}, {**owner, "services": [service]}):
        path = tmp_path / "fil.json"
        path.write_text(json.dumps(whole, indent=1))
        assert "ny  Tilbud: Fællesspisning" in take(path)


def test_a_cpr_number_is_refused_and_never_repeated(tmp_path):
    secret = "Ring til 010190-1234"
    for field in ("name", "description", "application_process", "fees_description"):
        said = take(file_of(tmp_path, a_service(**{field: secret})), "--save")
        assert "CPR-nummer" in said
        assert "1234" not in said
        assert not Offer.objects.filter(uuid=SERVICE).exists()


def test_a_persons_own_address_is_left_out_and_names_are_never_taken(tmp_path):
    contacts = [
        {
            "id": "1",
            "name": "Anne Hansen",
            "email": "post@bordet.dk",
            "phones": [{"number": "20 30 40 50"}],
        },
        {"id": "2", "department": "Køkkenet", "email": "koekken@bordet.dk"},
    ]
    said = take(file_of(tmp_path, a_service(email="anne.hansen@bordet.dk", contacts=contacts)), "--save")
    assert "ligner en persons egen" in said
    assert [one.value for one in taken().contact_points.all()] == ["koekken@bordet.dk"]


def test_what_is_odd_is_told_and_the_rest_is_taken(tmp_path):
    odd = a_service(
        id="ikke-en-uuid",
        description="<p>Kom <b>og</b> spis.</p><p>Hver uge.</p>\x00",
        minimum_age="99",
        maximum_age=3,
        url="ikke en adresse",
        phones=[{"number": "+1 (555) nul"}, {"number": None}, None, "x"],
        languages=[{"name": "Klingonsk"}, {"code": "en"}],
        service_areas=[{"name": "Bristol"}],
        schedules=[
            {"freq": "MONTHLY", "byday": "1SA", "opens_at": "10:00", "closes_at": "11:00"},
            {"freq": "WEEKLY", "byday": "TU", "opens_at": "9:00Z", "closes_at": "11:30:00+01:00"},
        ],
        attributes=[{"taxonomy_term": {"name": "Food bank"}}, {"taxonomy_term": None}],
        cost_options=None,
        service_at_locations=[{"location": None}, {"location": {"location_type": "virtual", "id": "z"}}],
        last_modified="i går",
        assured_date="2026-13-45",
    )
    said = take(file_of(tmp_path, odd), "--save", "--publish")
    offer = Offer.objects.get(title="Fællesspisning")
    assert offer.status == Offer.Status.DRAFT, "an unknown area is for an editor to look at"
    assert "Kom og spis." in offer.summary
    assert (offer.min_age, offer.max_age, offer.url) == (None, None, "")
    assert [one.slug for one in offer.languages.all()] == ["en"]
    hours = OpeningHours.objects.get(offer=offer)
    assert (hours.weekday, f"{hours.opens:%H:%M}", f"{hours.closes:%H:%M}") == (1, "09:00", "11:30")
    for told in ("Bristol", "Klingonsk", "Food bank", "Aldersgrænserne", "åbningstid", "kan ikke bruges"):
        assert told in said


def test_a_service_with_nothing_but_a_name_is_taken_if_somebody_stands_behind_it(tmp_path):
    bare = {"id": "1", "name": "Bart", "status": "active"}
    assert "hvem der står bag" in take(file_of(tmp_path, bare), "--save")
    assert "intet navn" in take(file_of(tmp_path, a_service(name=None)), "--save")
    take(file_of(tmp_path, {**bare, "organization": {"id": "2", "name": "De bare"}}), "--save", "--publish")
    assert Offer.objects.get(title="Bart").status == Offer.Status.DRAFT


def test_organisations_and_places_without_an_id_are_known_by_their_names(tmp_path):
    def service(name):
        where = {"name": "Salen", "addresses": [{"address_1": f"{name}vej 1", "city": "Roskilde"}]}
        return {
            "name": name,
            "status": "active",
            "organization": {"name": f"Foreningen {name}"},
            "service_at_locations": [{"location": where}],
        }

    path = file_of(tmp_path, service("Gul"), service("Grøn"))
    for counted in ("2 nye", "0 nye"):
        assert f"Tilbud: {counted}" in take(path, "--save")
    for name in ("Gul", "Grøn"):
        offer = Offer.objects.get(title=name)
        assert (offer.organisation.name, offer.venues.get().street) == (
            f"Foreningen {name}",
            f"{name}vej 1",
        )


def test_organisations_in_a_ring_are_taken_all_the_same(settings):
    organisations = [
        {"id": "a", "name": "Første", "description": "x", "parent_organization_id": "b"},
        {"id": "b", "name": "Anden", "description": "x", "parent_organization_id": "a"},
    ]
    service = a_service(organization=None, organization_id="a", phones=[])
    empty()
    with directory({"services": [service], "organizations": organisations}, settings) as other:
        take(other.base, "--save")
    assert taken().organisation.name == "Første"
