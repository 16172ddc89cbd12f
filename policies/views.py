"""The pages of policies, initiatives and committees."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from offers.for_everybody import for_everybody
from offers.paging import page_of
from policies.coverage import coverage
from policies.filters import PolicyFilter, SearchFilter
from policies.hits import hits, rows
from policies.lineage import Lineage
from policies.meetings.views import meetings_of
from policies.models import Committee, Initiative, Policy
from policies.outline import outline
from policies.questions import questions
from policies.search.kinds import Kind
from policies.terms import terms_of

# So many papers of the library stand by name on the page of a policy.
NAMED_DOCUMENTS = 5

# So many stand below the offers about the same.
IN_SECOND_GROUP = 5


@require_safe
@for_everybody
@vary_on_headers("HX-Request")
def search(request: HttpRequest) -> HttpResponse:
    """Show what fits of all kinds, the best first.

    To htmx only the first few, which it puts into the second group of another page.
    """
    found = SearchFilter(request.GET, queryset=Policy.objects.none())
    if request.headers.get("HX-Request") == "true":
        keys = found.answer.keys
        url = f"{request.path}?{found.query_with()}"
        context = {"hits": hits(keys[:IN_SECOND_GROUP]), "count": len(keys), "url": url}
        return render(request, "policies/_second_group_hits.html", context)
    page = page_of(request, found.answer.keys)
    heading = gettext("Søg i politik")
    context = {"heading": heading, "filter": found, "page": page, "hits": hits(page.object_list)}
    return render(request, "policies/search.html", context)


@require_safe
@for_everybody
def policy_list(request: HttpRequest) -> HttpResponse:
    """Show the policies that fit what is asked."""
    found = PolicyFilter(request.GET, queryset=Policy.objects.none())
    page = page_of(request, found.answer.keys)
    heading = gettext("Politikker, planer og idéer")
    context = {"heading": heading, "filter": found, "page": page, "policies": rows(page.object_list)}
    return render(request, "policies/policy_list.html", context)


@require_safe
@for_everybody
def policy_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one policy: its vision, its goals in order, who carries them out, and what stands around it."""
    policy = get_object_or_404(Policy.objects.for_page(), slug=slug)
    lineage = Lineage([policy], policy.goals.all(), policy.committee)
    terms = terms_of(policy)
    context = {
        "policy": policy,
        "terms": terms,
        "lineage": lineage,
        "goals": outline(lineage, terms),
        "initiatives": [step for step in lineage.steps if step.initiative.policy_id == policy.pk],
        "documents": policy.documents.in_order()[:NAMED_DOCUMENTS] if policy.document_count else [],
    }
    return render(request, "policies/policy_detail.html", context)


@require_safe
def initiatives(request: HttpRequest) -> HttpResponse:
    """Lead those who shorten an address to all initiatives."""
    return redirect(f"{reverse('policies:search')}?hvad={Kind.INITIATIVE}")


@require_safe
@for_everybody
def initiative_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one initiative, with the sections that have content and the offers that carry it out."""
    initiative = get_object_or_404(Initiative.objects.for_page(), slug=slug)
    return render(request, "policies/initiative_detail.html", {"initiative": initiative})


@require_safe
@for_everybody
def committee_list(request: HttpRequest) -> HttpResponse:
    """Show the committees and councils, by authority."""
    committees = Committee.objects.for_listing()
    return render(request, "policies/committee_list.html", {"committees": committees})


@require_safe
@for_everybody
def committee_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what one committee answers for, its budget, its papers, meetings and policies."""
    committee = get_object_or_404(Committee.objects.for_page(), slug=slug)
    policies = list(committee.policies.in_order().for_listing())
    found = coverage(policies, committee)
    context = {
        "committee": committee,
        "policies": policies,
        "coverage": found,
        "questions": questions(found, policies),
        **meetings_of(committee),
    }
    return render(request, "policies/committee_detail.html", context)
