"""One look at an address, against a server that is well, ill, slow or hostile."""

import threading
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from offers.links import looking
from offers.links.guard import Guard
from offers.links.looking import Looker, Patience, _wait
from offers.links.verdict import Kind
from tests.links import servers
from tests.links.servers import site, status, to

AGENT = "Vejviser-linkkontrol (+https://vejviser.example/om/)"
QUICK = Patience(answer=0.5, look=1.5, pause=0.0)


def looker(*ports, patience=QUICK, resolver=lambda _: ["127.0.0.1"]):
    """Return one that may look at servers of this test, whatever their names."""
    return Looker(Guard(resolver, frozenset(ports)), AGENT, patience)


def look(server, path="/"):
    return looker(server.port).look(f"{server.at}{path}")


def test_head_is_enough_and_says_who_asks():
    with site() as server:
        found = look(server, "/side?a=b#c")
    assert (found.kind, found.status, found.moved_to) == (Kind.ANSWERED, 200, "")
    [(method, path, headers, _)] = server.asked
    assert (method, path, headers["User-Agent"]) == ("HEAD", "/side?a=b", AGENT)
    assert headers["Host"] == f"127.0.0.1:{server.port}"
    assert "Cookie" not in headers


@pytest.mark.parametrize("number", [400, 403, 404, 405, 500, 501])
def test_a_server_that_dislikes_head_is_asked_with_get(number):
    with site({"/": lambda one: one.answer(number if one.command == "HEAD" else 200)}) as server:
        assert look(server).kind is Kind.ANSWERED
    assert [one[0] for one in server.asked] == ["HEAD", "GET"]


@pytest.mark.parametrize("number", [404, 410, 500, 503])
def test_what_both_deny_has_failed(number):
    with site({"/": status(number)}) as server:
        found = look(server)
    assert (found.kind, found.status) == (Kind.FAILED, number)
    assert str(number) in found.reason
    assert not found.unreached


def test_a_page_of_any_size_costs_its_head_only():
    with site({"/": servers.huge_only_get}) as server:
        assert look(server).kind is Kind.ANSWERED
        assert server.broken_off.wait(10)


def test_permanent_redirects_tell_the_new_address_and_keep_what_follows():
    routes = {
        "/a": to("/b"),
        "/b": to("/c?d=e", 308),
        "/c": servers.ok,
        "/x": to("/y", 302),
        "/y": to("/c"),
    }
    with site(routes | {"/m": to("/x", 301)}) as server:
        assert look(server, "/a").moved_to == f"{server.at}/c?d=e"
        assert look(server, "/a#part").moved_to == f"{server.at}/c?d=e#part"
        assert look(server, "/x").moved_to == ""
        assert look(server, "/m").moved_to == f"{server.at}/x"


@pytest.mark.parametrize(
    ("routes", "reason"),
    [
        ({"/": to("/")}, looking.RING),
        ({"/": to("/a"), "/a": to("/b", 302), "/b": to("/")}, looking.RING),
        ({"/": to("/1"), **{f"/{n}": to(f"/{n + 1}") for n in range(1, 9)}}, looking.TOO_MANY),
        ({"/": to("/" + "a" * 495)}, looking.UNREADABLE),
        ({"/": to("http://[")}, looking.UNREADABLE),
        ({"/": to("/nix"), "/nix": status(404)}, "Siden findes ikke (svar 404)."),
        ({"/": to("file:///etc/passwd")}, "Adressen begynder ikke med http:// eller https://."),
    ],
)
def test_redirects_that_lead_nowhere_have_failed(routes, reason):
    with site(routes) as server:
        found = look(server)
    assert (found.kind, found.reason, found.moved_to) == (Kind.FAILED, reason, "")
    assert len(server.asked) <= 2 * (looking.MOST_REDIRECTS + 1)


def test_five_redirects_are_followed():
    with site({f"/{n}": to(f"/{n + 1}") for n in range(5)}) as server:
        assert look(server, "/0").moved_to == f"{server.at}/5"


@pytest.mark.parametrize(
    "trap",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://localhost/",
        "http://[::ffff:127.0.0.1]/",
        "https://127.0.0.1:443/",
    ],
)
def test_a_redirect_into_our_own_net_is_not_followed(trap):
    with site({"/": to(trap)}) as server:
        found = Looker(Guard(loopback=frozenset([server.port])), AGENT, QUICK).look(f"{server.at}/")
    assert (found.kind, found.moved_to) == (Kind.FAILED, "")
    assert "internt net" in found.reason


def test_a_redirect_to_another_server_of_this_machine_is_not_followed():
    with site() as other, site({"/": to(f"{other.at}/secret")}) as server:
        assert "Vi ser kun på port" in look(server).reason
        assert other.asked == []


def test_a_name_that_changes_its_address_between_two_questions_gains_nothing():
    """DNS rebinding: what was looked at is what is connected to, for each request anew."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"], ["169.254.169.254"]])
    with site({"/": to("/next")}) as server:
        found = looker(server.port, resolver=lambda _: next(answers)).look(
            f"http://x.example:{server.port}/"
        )
    assert "internt net" in found.reason
    assert [(one[1], one[2]["Host"]) for one in server.asked] == [("/", f"x.example:{server.port}")]
    assert next(answers) == ["169.254.169.254"]


def test_429_is_no_failure_but_a_wish():
    with site({"/": status(429, Retry_After="7200")}) as server:
        found = look(server)
    assert (found.kind, found.wait) == (Kind.ASKED_TO_WAIT, timedelta(hours=2))
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        ("Sun, 22 Nov 2026 10:01:00 GMT", 60),
        ("Sun, 22 Nov 2020 10:00:00 GMT", 0),
        ("soon", 0),
        ("-5", 0),
        ("", 0),
        ("9" * 400, 999_999_999),
        ("٣", 0),
        ("Sun, 22 Nov 2026 10:01:00", 0),
    ],
)
def test_how_long_a_server_asks_us_to_wait(said, seconds):
    now = datetime(2026, 11, 22, 10, tzinfo=UTC)
    assert _wait(said, now) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (servers.silent, looking.TOO_SLOW),
        (servers.dripping, looking.TOO_SLOW),
        (servers.gibberish, looking.UNREADABLE),
        (servers.hang_up, looking.NO_ANSWER),
    ],
)
def test_whatever_a_server_does_a_look_ends_with_a_reason(behaviour, reason):
    started = time.monotonic()
    with site({"/": behaviour}) as server:
        found = look(server)
        assert (found.kind, found.reason) == (Kind.FAILED, reason)
        assert time.monotonic() - started < 10 * QUICK.look


def test_nobody_there_and_no_such_name_are_told_apart():
    port = servers.free_port()
    found = looker(port).look(f"http://127.0.0.1:{port}/")
    assert (found.reason, found.unreached) == (looking.NO_ANSWER, True)

    def unknown(host):
        raise OSError("no such name")

    found = looker(resolver=unknown).look("https://findes-ikke.example/")
    assert (found.reason, found.unreached) == (looking.UNKNOWN_NAME, True)


def test_a_certificate_must_be_trusted_and_for_the_name(tmp_path, monkeypatch):
    path = servers.certificate(tmp_path / "cert.pem", "hjaelp.example")
    with site(certificate=path) as server:
        own = looker(server.port)
        url = f"https://hjaelp.example:{server.port}/"
        assert own.look(url).reason == looking.NO_TRUST
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
        assert own.look(url).kind is Kind.ANSWERED
        assert own.look(f"https://anden.example:{server.port}/").reason == looking.NO_TRUST
    [(_, _, headers, _)] = server.asked
    assert headers["Host"] == f"hjaelp.example:{server.port}"


def test_a_host_gets_one_request_at_a_time_with_a_pause_while_others_go_on():
    with site() as server:
        own = looker(server.port, patience=Patience(answer=5, look=10, pause=0.2))
        urls = [f"http://{host}.example:{server.port}/{n}" for n in range(3) for host in "ab"]
        threads = [threading.Thread(target=own.look, args=[url]) for url in urls]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    times = {host: [at for _, _, said, at in server.asked if said["Host"][0] == host] for host in "ab"}
    for at in times.values():
        assert len(at) == 3
        assert all(later - earlier >= 0.2 for earlier, later in pairwise(at))
    assert abs(times["a"][0] - times["b"][0]) < 0.2
