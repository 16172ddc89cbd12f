"""The editors' desk for policies, one aggregate a module; importing it registers the pages."""

from policies.admin import committee, document, goal, initiative, policy, sdg

__all__ = ["committee", "document", "goal", "initiative", "policy", "sdg"]
