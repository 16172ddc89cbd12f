"""The pages of the world's goals."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from offers.for_everybody import for_everybody
from policies.models import Goal, Sdg
from policies.world.under import counts, goals_and_ideas, offers_under

# So many papers stand on the page; the library has them all.
PAPERS = 12


@require_safe
@for_everybody
def sdg_list(request: HttpRequest) -> HttpResponse:
    """Show the 17 goals, with how much stands under each."""
    return render(request, "policies/sdg_list.html", {"rows": counts()})


@require_safe
@for_everybody
def sdg_detail(request: HttpRequest, number: int) -> HttpResponse:
    """Show what the policies, the ideas, the offers and the library have under one of the world's goals."""
    sdg = get_object_or_404(Sdg, number=number)
    policies = list(sdg.policies.in_order().for_listing())
    rows = list(goals_and_ideas(sdg).prefetch_related("decisions"))
    documents = list(sdg.documents.in_order().for_listing()[: PAPERS + 1])
    context = {
        "sdg": sdg,
        "policies": policies,
        "goals": [row for row in rows if row.kind != Goal.Kind.IDEA],
        "ideas": [row for row in rows if row.kind == Goal.Kind.IDEA],
        "offers": offers_under(policies, rows),
        "documents": documents[:PAPERS],
        "has_more_documents": len(documents) > PAPERS,
    }
    return render(request, "policies/sdg_detail.html", context)
