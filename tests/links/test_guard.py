"""The link check connects to public web servers, and to nothing else, whatever an address says."""

import pytest

from offers.links.guard import Guard, RefusedError

PUBLIC = "93.184.215.14"


def guard(*answers, loopback=()):
    """Return a guard whose names have the addresses `answers`."""
    return Guard(lambda _: list(answers), frozenset(loopback))


def connects_to(found, url="https://example.org/"):
    return found.addresses(found.target(url))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",  # noqa: S104
        "0.1.2.3",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "100.100.100.200",
        "169.254.169.254",
        "168.63.129.16",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "203.0.113.7",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:93.184.215.14",
        "::ffff:a9fe:a9fe",
        "64:ff9b::7f00:1",
        "64:ff9b::5db8:d70e",
        "64:ff9b:1::a9fe:a9fe",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "2001:db8::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "ff0e::1",
        "100::1",
        "no address",
    ],
)
def test_an_address_that_is_not_public_is_refused_whatever_stands_beside_it(address):
    for answers in ([address], [PUBLIC, address], [address, PUBLIC]):
        with pytest.raises(RefusedError):
            connects_to(guard(*answers))


@pytest.mark.parametrize(
    "address", [PUBLIC, "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "2a00::1"]
)
def test_a_public_address_is_taken_as_it_is(address):
    assert connects_to(guard(address)) == [address]


def test_ipv4_comes_first_and_a_name_is_asked_once():
    asked = []

    def answer(host):
        asked.append(host)
        return ["2a00::1", PUBLIC] if len(asked) == 1 else ["127.0.0.1"]

    assert connects_to(Guard(answer)) == [PUBLIC, "2a00::1"]
    assert asked == ["example.org"]


def test_a_name_without_address_is_no_refusal():
    with pytest.raises(OSError, match="no address"):
        connects_to(guard())


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/"]
)
def test_this_machine_is_refused_by_every_name_the_system_knows_for_it(url):
    with pytest.raises(RefusedError, match="internt net"):
        connects_to(Guard(), url)


def test_this_machine_is_let_through_only_on_the_ports_of_a_test():
    own = guard("127.0.0.1", loopback=[8080])
    assert connects_to(own, "http://x.example:8080/") == ["127.0.0.1"]
    for url in ("http://x.example/", "https://x.example/", "http://x.example:8081/"):
        with pytest.raises(RefusedError):
            connects_to(own, url)
    with pytest.raises(RefusedError):
        connects_to(guard("10.0.0.1", loopback=[8080]), "http://x.example:8080/")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "gopher://example.org/",
        "//example.org/",
        "https://",
        "https:///path",
        "http://example.org:22/",
        "http://example.org:8080/",
        "http://example.org:99999/",
        "http://example.org:x/",
        "http://user@example.org/",
        "http://user:word@example.org/",
        "http://example.org\\@127.0.0.1/",
        "http://example.org/a b",
        "http://example.org/\r\nX: y",
        "http://example.org/\x00",
        "http://[::1",
        "http://xn--a/\u202e",
        "http://a..b/",
        f"http://{'a' * 70}.example/",
    ],
)
def test_what_is_no_address_of_a_public_page_is_refused(url):
    with pytest.raises(RefusedError):
        guard(PUBLIC).target(url)


@pytest.mark.parametrize(
    ("url", "name", "path"),
    [
        ("HTTPS://Example.ORG.", "example.org", "/"),
        ("http://example.org:80/a?b=c#d", "example.org", "/a?b=c"),
        ("http://example.org:443/", "example.org:443", "/"),
        (
            "https://rådgivning.dk/børn%20og%20unge",
            "xn--rdgivning-52a.dk",
            "/b%C3%B8rn%20og%20unge",
        ),
        ("https://example.org/?q=æ&r=%C3%A6", "example.org", "/?q=%C3%A6&r=%C3%A6"),
        ("http://[2a00::1]/", "[2a00::1]", "/"),
    ],
)
def test_what_is_asked_for_is_written_as_servers_know_it(url, name, path):
    target = guard(PUBLIC).target(url)
    assert (target.name, target.path) == (name, path)
