"""The calendar of all committees, and the feeds by which one follows it or one committee."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from offers.feeds import NEWS, answer, atom_answer
from offers.for_everybody import for_everybody
from offers.paging import page_of
from policies.meetings import feeds
from policies.meetings.filters import CalendarFilter
from policies.models import Committee, CommitteeLink, Meeting

# A calendar to subscribe to reaches so far back.
BACK = timedelta(days=365)
# On the page of a committee stand so many.
COMING, PAST = 30, 12


@require_safe
@for_everybody
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the meetings to come, or those that were, by month."""
    found = CalendarFilter(request.GET, queryset=Meeting.objects.all())
    page = page_of(request, found.meetings(timezone.localdate()))
    links = CommitteeLink.objects.filter(kind=CommitteeLink.Kind.AGENDA).select_related(
        "committee__authority"
    )
    context = {"filter": found, "page": page, "links": links, "follow": follow(found.committee)}
    return render(request, "policies/calendar.html", context)


@require_safe
@conditional_page
def ics(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """Give the meetings of one committee, or of all, as a calendar to subscribe to."""
    committee = _committee(slug)
    meetings = _meetings(committee).filter(held_on__gte=timezone.localdate() - BACK)
    meetings = list(meetings.order_by("held_on", "pk"))
    content = feeds.calendar(meetings, committee)
    moments = [meeting.updated_at for meeting in meetings]
    return answer(content, "text/calendar; charset=utf-8", moments)


@require_safe
@conditional_page
def atom(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """Give what is new about the meetings of one committee, or of all, as an Atom feed."""
    committee = _committee(slug)
    meetings = _meetings(committee).order_by("-updated_at", "pk")[:NEWS]
    return atom_answer(feeds.feed(committee), [feeds.entry(meeting) for meeting in meetings])


def meetings_of(committee: Committee) -> dict:
    """Return what the page of a committee shows of its meetings. Two queries."""
    today = timezone.localdate()
    return {
        "coming": committee.meetings.coming(today)[:COMING],
        "past": committee.meetings.past(today)[:PAST],
        "follow": follow(committee),
    }


def follow(committee: Committee | None) -> dict[str, str]:
    """Return the addresses by which one follows a committee, or all of them."""
    ics_address = feeds.address("ics", committee)
    return {
        "name": feeds.name_of(committee),
        "atom": feeds.address("atom", committee),
        "ics": ics_address,
        # The scheme by which a calendar knows that it is to subscribe, and not to copy the events once.
        "webcal": f"webcal:{ics_address.partition(':')[2]}",
    }


def _committee(slug: str | None) -> Committee | None:
    """Return the committee of that slug; None stands for all. Raises Http404."""
    if slug is None:
        return None
    return get_object_or_404(Committee.objects.select_related("authority"), slug=slug)


def _meetings(committee: Committee | None):
    """Return the meetings of one committee, or of all, each with its committee."""
    meetings = Meeting.objects.select_related("committee")
    return meetings.filter(committee=committee) if committee else meetings
