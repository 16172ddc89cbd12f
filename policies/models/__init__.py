"""The models of policies, one aggregate a module."""

from policies.models.committee import Committee, CommitteeLink
from policies.models.document import Document
from policies.models.goal import Goal, IdeaStatus, Indicator
from policies.models.idea import IdeaDecision, IdeaLink
from policies.models.initiative import Delivery, Initiative
from policies.models.meeting import Meeting
from policies.models.policy import Policy
from policies.models.sdg import Sdg

__all__ = [
    "Committee",
    "CommitteeLink",
    "Delivery",
    "Document",
    "Goal",
    "IdeaDecision",
    "IdeaLink",
    "IdeaStatus",
    "Indicator",
    "Initiative",
    "Meeting",
    "Policy",
    "Sdg",
]
