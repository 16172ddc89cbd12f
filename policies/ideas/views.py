"""The page of the ideas, and the feed of what is decided about them."""

from typing import Any

from django.conf import settings
from django.db.models import F, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import conditional_page, require_safe

from offers.feeds import NEWS, Entry, atom_answer, paragraphs
from offers.for_everybody import for_everybody
from offers.paging import page_of
from policies.filters import IdeaFilter
from policies.following import feed_of, follow, keys_of
from policies.models import Goal, IdeaDecision, IdeaLink

# So many stand on one page, that a link to one of them finds it.
PAGE_SIZE = 200


@require_safe
@for_everybody
def ideas(request: HttpRequest) -> HttpResponse:
    """Show the ideas that fit what is asked, by theme, with what has become of each."""
    found = IdeaFilter(request.GET, queryset=Goal.objects.none())
    page = page_of(request, list(_ideas(keys_of(found))), PAGE_SIZE)
    context = {
        "heading": gettext("Idéer"),
        "filter": found,
        "page": page,
        "follow": follow(found, *_feed()),
    }
    return render(request, "policies/ideas/list.html", context)


@require_safe
@conditional_page
def atom(request: HttpRequest) -> HttpResponse:
    """Give what is decided about the ideas that fit what is asked, the latest first."""
    found = IdeaFilter(request.GET, queryset=Goal.objects.none())
    decisions = IdeaDecision.objects.filter(goal__in=keys_of(found))
    if statuses := found.chosen()["status"]:
        decisions = decisions.filter(status__in=statuses)
    decisions = decisions.select_related("goal__policy", "committee").order_by("-changed_at", "pk")
    return atom_answer(feed_of(found, *_feed()), [_entry(decision) for decision in decisions[:NEWS]])


def _ideas(keys: list[int]) -> Any:
    """Return ideas by theme, those without one last, with all that the page shows. Three queries."""
    decisions = IdeaDecision.objects.select_related("committee")
    links = IdeaLink.objects.select_related("goal__policy", "committee")
    rows = Goal.objects.filter(pk__in=keys).select_related("policy", "parent__policy", "theme")
    rows = rows.prefetch_related(Prefetch("decisions", decisions), Prefetch("idea_links", links))
    theme = F("theme__order").asc(nulls_last=True), F("theme__sort_key").asc(nulls_last=True), "theme_id"
    return rows.order_by(*theme, "policy__sort_key", "policy_id", "order", "pk")


def _feed() -> tuple[str, str, str]:
    """Return what the feed is called, and the paths of the page and of the feed."""
    return gettext("Nyt om idéerne"), reverse("policies:ideas"), reverse("policies:ideas-atom")


def _entry(decision: IdeaDecision) -> Entry:
    """Return one decision as an entry."""
    day = date_format(decision.decided_on)
    told = gettext("Besluttet {day}.").format(day=day)
    if decision.committee:
        told = gettext("Besluttet {day} af {committee}.").format(day=day, committee=decision.committee.name)
    title = gettext("{status}: {idea}").format(
        status=decision.get_status_display(), idea=decision.goal.title
    )
    return Entry(
        title=title,
        page=f"{settings.BASE_URL}{reverse('policies:ideas')}#{decision.goal.anchor_among_ideas}",
        html=paragraphs([told, *decision.reason.splitlines(), decision.source_url]),
        name=decision.uuid.urn,
        changed=decision.changed_at,
    )
