"""A feed as a reader reads it, after a look at what RFC 4287 demands."""

import re
import xml.etree.ElementTree as ET

import feedparser

ATOM = "{http://www.w3.org/2005/Atom}"
ONCE = ("id", "title", "updated")
# RFC 3339 with a zone, which RFC 4287, 3.3 asks for.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")


def atom(visitor, address):
    """Return the feed at an address, once it has proved to be a feed."""
    response = visitor.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert response.headers["X-Robots-Tag"] == "noindex"
    read = feedparser.parse(response.content)
    assert not read.bozo
    assert read.version == "atom10"
    root = ET.fromstring(response.content)  # noqa: S314 - it is our own
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    for element in (root, *entries):
        for name in ONCE:
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        assert re.fullmatch(r"[a-z][a-z0-9+.-]*:\S+", element.findtext(f"{ATOM}id"))
        assert MOMENT.fullmatch(element.findtext(f"{ATOM}updated"))
        assert len([link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"]) == 1
    assert root.find(f"{ATOM}author/{ATOM}name").text
    assert {"self", "alternate"} == {link.rel for link in read.feed.links}
    names = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(names) == len(set(names)), "each entry has a name of its own"
    moments = [entry.updated for entry in read.entries]
    assert read.feed.updated == max(moments, default=read.feed.updated)
    return read
