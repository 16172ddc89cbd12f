"""What an editor does today. The front page of the desk asks, so that Django's own view need not know."""

from django import template

from offers.admin.chores import chores

register = template.Library()


@register.inclusion_tag("admin/_chores.html", takes_context=True)
def todays_chores(context):
    """Show at most seven things to do, for the person who is logged in."""
    return {"chores": chores(context["user"]), "csrf_token": context.get("csrf_token")}
