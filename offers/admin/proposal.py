"""What is proposed, as a citizen would see it: the offer's page, and its place in searches. For staff."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.cache import add_never_cache_headers

from offers.admin.effect import sides
from offers.history.put import sentences
from offers.models import Offer
from offers.permissions import may_follow, who
from offers.proposed import found_by, proposed, proposed_reader
from offers.search import current
from offers.views import told_of

LONGEST_QUERY = 200


class ProposalMixin(admin.ModelAdmin):
    """Gives the pages of an offer two more: how its page would look, and where it would be found."""

    def get_urls(self):
        """Add the pages, before Django takes their names for keys."""
        pages = (("forhaandsvisning", self.preview_view), ("soegning", self.search_view))
        own = [
            path(f"<path:object_id>/{name}/", self.admin_site.admin_view(view), name=f"offers_offer_{name}")
            for name, view in pages
        ]
        return [*own, *super().get_urls()]

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the page that citizens would see."""
        offer = self._offer(request, object_id)
        try:
            reader = proposed_reader(offer, current.reader())
            with proposed(offer), current.answering_from(reader):
                shown = Offer.objects.for_page().get(pk=offer.pk)
                response = render(request, "admin/offers/preview.html", {**told_of(shown), "key": offer.pk})
        except IntegrityError:
            self.message_user(
                request, "Skriv “kort fortalt” først: uden den kan siden ikke vises.", "error"
            )
            return redirect("admin:offers_offer_arbejdsgang", offer.pk)
        add_never_cache_headers(response)
        return response

    def search_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what citizens find now, and what they would find."""
        offer = self._offer(request, object_id)
        query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": "Prøv i søgningen",
            "subtitle": str(offer),
            "opts": self.opts,
            "offer": offer,
            "query": query,
        }
        if query:
            context |= self._found(offer, query)
        return render(request, "admin/offers/proposal_search.html", context)

    def _found(self, offer: Offer, query: str) -> dict[str, Any]:
        """Return the place of the offer among the answers, and the first of them before and after."""
        live = current.reader()
        try:
            found = found_by(query, live, proposed_reader(offer, live))
            with proposed(offer):  # its title may be new
                (shown,) = sides([found])
        except IntegrityError as error:
            return {"faults": sentences(error, Offer)}
        places = {key: number for number, key in enumerate(found.now, start=1)}
        return {"one": shown, "place": places.get(offer.pk), "total": len(found.now)}

    def _offer(self, request: HttpRequest, object_id: str) -> Offer:
        """Return the offer for somebody who may see it on the desk."""
        offer: Any = self.get_object(request, unquote(object_id))
        if offer is None:
            raise Http404
        if not may_follow(who(request.user), offer):
            raise PermissionDenied
        return offer
