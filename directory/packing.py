"""Packs answers that are made for one reader: quickly, and so that their length tells nothing.

What is kept for many is packed once, and smaller (`directory/kept_pages.py`).
"""

import secrets

import brotli
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

from directory.kept_pages import WORTH_PACKING, coding_for

# Brotli at this quality packs a page of results as small as gzip does, in a third of the time.
QUICK = 3
# A header of up to so many random signs more. Who sees lengths on the wire cannot compare a page with what
# stood in its question (BREACH); gzip has the same in its own header, where Django puts it.
PADDING, MOST_PADDING = "X-Padding", GZipMiddleware.max_random_bytes


class PackingMiddleware(GZipMiddleware):
    """Packs by Brotli for those who take it, and by gzip as Django does for all others."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Return the answer packed, if that makes it shorter."""
        is_packed = response.has_header("Content-Encoding")
        if is_packed or not isinstance(response, HttpResponse) or coding_for(request) != "br":
            return super().process_response(request, response)
        patch_vary_headers(response, ["Accept-Encoding"])
        body = response.content
        if len(body) < WORTH_PACKING or len(packed := brotli.compress(body, quality=QUICK)) >= len(body):
            return response
        response.content = packed
        response.headers["Content-Encoding"] = "br"
        response.headers["Content-Length"] = str(len(packed))
        response.headers[PADDING] = secrets.token_hex(MOST_PADDING // 2)[: secrets.randbelow(MOST_PADDING)]
        if response.headers.get("ETag", "").startswith('"'):
            # Two codings of one text are not the same bytes (RFC 9110, 8.8.1).
            response.headers["ETag"] = f"W/{response.headers['ETag']}"
        return response
