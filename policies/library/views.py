"""The page of the library, and its feed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import conditional_page, require_safe

from offers.feeds import NEWS, Entry, atom_answer, name_of, paragraphs
from offers.for_everybody import for_everybody
from offers.paging import page_of
from policies.filters import DocumentFilter
from policies.following import feed_of, follow, keys_of
from policies.hits import rows
from policies.models import Document


@require_safe
@for_everybody
def library(request: HttpRequest) -> HttpResponse:
    """Show the papers that fit what is asked."""
    found = DocumentFilter(request.GET, queryset=Document.objects.none())
    page = page_of(request, found.answer.keys)
    context = {
        "heading": gettext("Bibliotek"),
        "filter": found,
        "page": page,
        "documents": rows(page.object_list),
        "follow": follow(found, *_feed()),
    }
    return render(request, "policies/library.html", context)


@require_safe
@conditional_page
def atom(request: HttpRequest) -> HttpResponse:
    """Give the papers that fit what is asked, those first that are new or changed."""
    found = DocumentFilter(request.GET, queryset=Document.objects.none())
    papers = Document.objects.for_listing().filter(pk__in=keys_of(found)).order_by("-changed_at", "pk")
    return atom_answer(feed_of(found, *_feed()), [_entry(paper) for paper in papers[:NEWS]])


def _feed() -> tuple[str, str, str]:
    """Return what the feed is called, and the paths of the page and of the feed."""
    return gettext("Biblioteket"), reverse("policies:library"), reverse("policies:library-atom")


def _entry(paper: Document) -> Entry:
    """Return one paper as an entry; it keeps its name as long as its address."""
    about = [paper.get_kind_display(), str(paper.year or "")]
    if paper.status != Document.Status.UNKNOWN:
        about.append(paper.get_status_display())
    if paper.authority:
        about.append(paper.authority.name)
    return Entry(
        title=paper.title,
        page=settings.BASE_URL + paper.get_absolute_url(),
        html=paragraphs([" · ".join(filter(None, about)), paper.summary, paper.url]),
        name=name_of(f"{settings.BASE_URL}/bibliotek/#{paper.slug}"),
        changed=paper.changed_at,
    )
