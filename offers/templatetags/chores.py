"""What an editor does today. The front page of the desk asks, so that Django's own view need not know."""

from django import template

from offers.admin.chores import chores
from offers.models import Offer
from offers.permissions import CHANGE, reached, who

register = template.Library()
# An association has a handful; more stand in the list.
MOST_OWN = 12


@register.inclusion_tag("admin/_chores.html", takes_context=True)
def todays_chores(context):
    """Show at most seven things to do, for the person who is logged in."""
    return {"chores": chores(context["user"]), "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("admin/_own_offers.html", takes_context=True)
def own_offers(context):
    """Show somebody who works for an organisation the way to its offers; editors have the list. A query."""
    person = who(context["user"])
    if person.sees_all or not person.has(CHANGE):
        return {}
    rows = reached(person, Offer.objects.select_related("working_copy")).order_by("sort_key", "pk")
    found = list(rows[: MOST_OWN + 1])
    return {"offers": found[:MOST_OWN], "more": len(found) > MOST_OWN}
