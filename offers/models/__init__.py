"""The models of offers, one aggregate a module."""

from offers.models.contact import ContactPoint
from offers.models.freshness import Fact, FactCheck, Reminder
from offers.models.imports import ImportRun, SourceRecord
from offers.models.law import LegalBasis
from offers.models.membership import Membership
from offers.models.offer import Offer, OfferSuccession
from offers.models.opening import Closure, OpeningHours, StartDate
from offers.models.organisation import Organisation
from offers.models.place import Municipality, Venue
from offers.models.taxonomy import Format, Language, LifeSituation, Need, TargetGroup
from offers.models.upkeep import Feedback, LinkCheck
from offers.models.version import Version, WorkingCopy
from offers.models.words import SearchMiss, SettledSearch, Synonym, WordRule

__all__ = [
    "Closure",
    "ContactPoint",
    "Fact",
    "FactCheck",
    "Feedback",
    "Format",
    "ImportRun",
    "Language",
    "LegalBasis",
    "LifeSituation",
    "LinkCheck",
    "Membership",
    "Municipality",
    "Need",
    "Offer",
    "OfferSuccession",
    "OpeningHours",
    "Organisation",
    "Reminder",
    "SearchMiss",
    "SettledSearch",
    "SourceRecord",
    "StartDate",
    "Synonym",
    "TargetGroup",
    "Venue",
    "Version",
    "WordRule",
    "WorkingCopy",
]
