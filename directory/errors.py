"""Answers to requests that cannot be met, in Danish and with a way on."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from offers.paging import NoSuchPage


def page_not_found(request: HttpRequest, exception: Http404) -> HttpResponse:
    """Answer 404; a list that is too short says so."""
    sentence = str(exception) if isinstance(exception, NoSuchPage) else ""
    return render(request, "404.html", {"sentence": sentence, "path": request.path}, status=404)
