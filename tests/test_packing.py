"""Answers made for one reader are packed as her browser takes them, and tell nothing by their length."""

import gzip
import hashlib

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from directory.packing import MOST_PADDING, PADDING, PackingMiddleware

LONG = b"Hvad har du brug for? " * 100


def answered(response, accepted="gzip, deflate, br"):
    """Return the response as it goes out to a browser that takes these codings."""
    request = RequestFactory().get("/", headers={"Accept-Encoding": accepted})
    return PackingMiddleware(lambda _: response)(request)


@pytest.mark.parametrize(
    ("accepted", "coding", "unpack"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("br;q=1.0, gzip;q=0.8", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("gzip, br;q=0", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_what_arrives_is_what_was_sent(accepted, coding, unpack):
    response = answered(HttpResponse(LONG, headers={"ETag": '"a"'}), accepted)
    assert response.get("Content-Encoding") == coding
    assert unpack(response.content) == LONG
    assert "Accept-Encoding" in response["Vary"]
    if coding:
        assert int(response["Content-Length"]) == len(response.content) < len(LONG) / 5
    assert response["ETag"] == ('W/"a"' if coding else '"a"')


@pytest.mark.django_db
def test_a_page_of_results_is_packed_for_the_browsers_there_are(client):
    plain = client.get("/tilbud/?q=alkohol").content
    packed = client.get("/tilbud/?q=alkohol", headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
    assert packed["Content-Encoding"] == "br"
    assert brotli.decompress(packed.content) == plain
    assert len(packed.content) < len(plain) / 7


@pytest.mark.parametrize("accepted", ["gzip", "br"])
def test_the_length_of_an_answer_does_not_tell_what_it_holds(accepted):
    sent = [answered(HttpResponse(LONG), accepted) for _ in range(60)]
    lengths = {len(one.content) + len(one.get(PADDING, "")) for one in sent}
    assert len(lengths) > 20
    assert max(lengths) - min(lengths) <= MOST_PADDING


def test_what_would_not_get_shorter_is_left_alone():
    noise = hashlib.shake_256(b"").digest(1000)
    for body in (b"kort", noise):
        response = answered(HttpResponse(body))
        assert "Content-Encoding" not in response
        assert PADDING not in response
        assert response.content == body


def test_what_is_packed_already_and_what_comes_in_pieces_is_not_packed_twice():
    packed = HttpResponse(brotli.compress(LONG), headers={"Content-Encoding": "br"})
    assert brotli.decompress(answered(packed).content) == LONG
    pieces = answered(StreamingHttpResponse([LONG, LONG]))
    assert pieces["Content-Encoding"] == "gzip"
    assert gzip.decompress(b"".join(pieces.streaming_content)) == 2 * LONG
