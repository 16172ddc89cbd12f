"""Who carries a policy out. The template asks, so that the page needs not know."""

from django import template

from policies.lineage import Lineage
from policies.models import Policy

register = template.Library()


@register.inclusion_tag("policies/_lineage.html")
def policy_lineage(policy: Policy):
    """Show what leads from the goals of a policy, loaded for its page, to offers. Three queries."""
    return {"lineage": Lineage(policy, list(policy.goals.all())), "policy": policy}
