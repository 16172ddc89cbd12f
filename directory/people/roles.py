"""The roles of the people behind the site, as code: `manage.py sync_roles` makes the database agree."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.models import Group, Permission

from offers import permissions
from offers.models import Offer
from offers.permissions import EDIT_LIVE, PUBLISH, READ_NOTE, SEE_ANY, Who

VERBS = {"view": "ser", "add": "opretter", "change": "retter", "delete": "sletter"}
OURS = ("offers", "policies")
# Small parts of a thing: whoever edits the thing may take them away.
PARTS = {
    f"offers.{name}" for name in ("contactpoint", "openinghours", "closure", "startdate", "offersuccession")
}
# Who is who, and what readers wrote or searched for, is not for everybody who looks things up.
PEOPLE = {"offers.membership"}
UPKEEP = {
    f"offers.{name}"
    for name in ("feedback", "importrun", "searchmiss", "linkcheck", "sourcerecord", "synonym", "wordrule")
}
CHOSEN_FROM = {
    f"offers.{name}"
    for name in ("organisation", "venue", "need", "targetgroup", "format", "language", "municipality")
}


def models(*labels: str) -> set[str]:
    """Return the models of apps, as “offers.offer”."""
    configs = map(apps.get_app_config, labels)
    return {model._meta.label_lower for config in configs for model in config.get_models()}


def able(verbs: str, names: Iterable[str]) -> frozenset[str]:
    """Return the permissions to do each of `verbs` with each model of `names`."""
    pairs = (name.split(".") for name in names)
    return frozenset(f"{app}.{verb}_{model}" for app, model in pairs for verb in verbs.split())


@dataclass(frozen=True)
class Role:
    """A role: the name of its group, what it is for, and what it may."""

    name: str
    purpose: str
    permissions: frozenset[str]


def roles() -> list[Role]:
    """Return the roles, the narrowest first."""
    everything = models(*OURS)
    owner = (
        able("view add change", ["offers.offer"])
        | able("view add change delete", PARTS)
        | able("view", CHOSEN_FROM | {"offers.feedback"})
    )
    reader = able("view", everything - PEOPLE - UPKEEP) | {SEE_ANY, READ_NOTE}
    editor = (
        able("view add change", everything - PEOPLE)
        | able("delete", PARTS | {"policies.delivery", "policies.indicator", "policies.committeelink"})
        | {SEE_ANY, READ_NOTE, EDIT_LIVE}
    )
    return [
        Role(
            "Tilbudsejer",
            "er fra en forening eller et andet sted med tilbud, og skriver kun i egne tilbud",
            owner,
        ),
        Role("Sagsbehandler", "slår op, læser noter og laver lister", reader),
        Role("Redaktør", "skriver og retter alt indhold", editor),
        Role("Godkender", "er redaktør, og gør tilbud offentlige", editor | {PUBLISH}),
        Role(
            "Administrator",
            "gør alt, og bestemmer, hvem der har hvilken rolle",
            able("view add change delete", everything)
            | {SEE_ANY, READ_NOTE, EDIT_LIVE, PUBLISH}
            | able("view add change", ["auth.user"])
            | able("view", ["auth.group", "admin.logentry"]),
        ),
    ]


def sync() -> list[str]:
    """Make the groups have just these permissions, and return in Danish what changed."""
    changes = []
    known = {
        f"{one.content_type.app_label}.{one.codename}": one
        for one in Permission.objects.select_related("content_type")
    }
    for role in roles():
        group, new = Group.objects.get_or_create(name=role.name)
        wanted = {known[name].pk for name in role.permissions}
        had = set(group.permissions.values_list("pk", flat=True))
        if new or wanted != had:
            group.permissions.set(wanted)
            changes.append(f"{role.name}: {len(wanted - had)} til, {len(had - wanted)} fra")
    return changes


# -- The table -------------------------------------------------------------------------------------

ACTIONS = {
    "se": permissions.may_see,
    "læse noten til redaktøren": permissions.may_read_note,
    "rette": permissions.may_change,
    "se historik og nye udgaver": permissions.may_follow,
    "skrive en ny udgave": permissions.may_draft,
    "sende til godkendelse": permissions.may_submit,
    "gøre offentlig og tage ned": permissions.may_publish,
    "markere som kontrolleret": permissions.may_verify,
    "slette": permissions.may_delete,
}
OWN, OTHER = 1, 2
CASES = {
    "egen kladde": (OWN, Offer.Status.DRAFT),
    "eget offentlige": (OWN, Offer.Status.PUBLISHED),
    "andres kladde": (OTHER, Offer.Status.DRAFT),
    "andres offentlige": (OTHER, Offer.Status.PUBLISHED),
}


def matrix() -> dict[tuple[str, str, str], bool]:
    """Return for each role, action and case whether it is allowed, by the rules that the desk asks."""
    return {
        (role.name, action, case): rule(
            Who(role.permissions.__contains__, frozenset({OWN})),
            Offer(organisation_id=owner, status=status),
        )
        for role in roles()
        for action, rule in ACTIONS.items()
        for case, (owner, status) in CASES.items()
    }


def table() -> str:
    """Return the roles as Markdown: what each is for, what it may do with offers, and with all the rest."""
    names = [role.name for role in roles()]
    lines = [f"- **{role.name}** {role.purpose}." for role in roles()]
    lines += ["", *_heading("Tilbud", names)]
    cells = matrix()
    for action in ACTIONS:
        for case in CASES:
            marks = ("ja" if cells[name, action, case] else "–" for name in names)
            lines.append(f"| {action}: {case} | {' | '.join(marks)} |")
    lines += ["", *_heading("Alt", names), *_per_model()]
    return "\n".join(lines) + "\n"


def _heading(first: str, names: list[str]) -> list[str]:
    """Return the two lines that open a table."""
    return [f"| {first} | {' | '.join(names)} |", f"| --- {'| --- ' * len(names)}|"]


def _per_model() -> Iterable[str]:
    """Yield a line for each model, with what each role may do with it."""
    for name in sorted({*models(*OURS), "auth.user"}, key=_label):
        app, model = name.split(".")
        cells = (
            ", ".join(word for verb, word in VERBS.items() if f"{app}.{verb}_{model}" in role.permissions)
            for role in roles()
        )
        yield f"| {_label(name)} | {' | '.join(cell or '–' for cell in cells)} |"


def _label(name: str) -> str:
    """Return a model's Danish name in the plural."""
    return str(apps.get_model(name)._meta.verbose_name_plural)
