"""Settings of what runs beside the site: tasks in the background, and which addresses are looked after."""

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

_NOT_ARCHIVED = {"status__in": ["kladde", "til-godkendelse", "offentlig"]}
# Where addresses stand that we link to: model, field, where the name of the thing stands (the first that is
# there), and which rows count (`offers.links.uses`).
LINK_FIELDS = [
    ("offers.Offer", "url", ["title"], _NOT_ARCHIVED),
    ("offers.Offer", "apply_url", ["title"], _NOT_ARCHIVED),
    ("offers.Offer", "source_url", ["title"], _NOT_ARCHIVED),
    ("offers.Organisation", "url", ["name"], {}),
    ("offers.Organisation", "source_url", ["name"], {}),
    ("offers.ContactPoint", "value", ["offer__title", "organisation__name"], {"kind__in": ["web", "chat"]}),
    ("offers.Venue", "source_url", ["name"], {}),
    ("offers.LegalBasis", "source_url", ["title"], {}),
    ("policies.Policy", "source_url", ["title"], {}),
    ("policies.Indicator", "source_url", ["what"], {}),
    ("policies.IdeaDecision", "source_url", ["reason"], {}),
    ("policies.Initiative", "source_url", ["title"], {}),
    ("policies.Committee", "source_url", ["name"], {}),
    ("policies.CommitteeLink", "url", ["committee__name"], {}),
    ("policies.Meeting", "agenda_url", ["committee__name"], {}),
    ("policies.Meeting", "minutes_url", ["committee__name"], {}),
    ("policies.Document", "url", ["title"], {}),
    ("policies.Sdg", "source_url", ["name"], {}),
]
# Ports of this very machine that the link check may look at: none, but in tests with a server here.
LINK_LOOPBACK_PORTS: frozenset[int] = frozenset()
