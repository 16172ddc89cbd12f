"""How far a committee's policies are carried out. The template asks, so that the page needs not know."""

from django import template

from policies.coverage import coverage
from policies.models import Committee

register = template.Library()


@register.inclusion_tag("policies/_coverage.html")
def committee_coverage(committee: Committee):
    """Show which goals of a committee's policies nothing carries out. Four queries."""
    return {"coverage": coverage(committee.policies.all())}
