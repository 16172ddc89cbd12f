"""The parts of a thing in a line each, as people read them: “Telefon: 70 20 12 01 (Hovednummer)”."""

from collections.abc import Callable

from offers.models import Closure, ContactPoint, FactCheck, OfferSuccession, OpeningHours, StartDate

# The fields of a part by name, in words; a part of an old version may lack some.
Words = dict[str, str]
ROUND_THE_CLOCK = ("00:00", "00:00")


def _contact(said: Words) -> str:
    """Return what one does, with what, and what it is for."""
    return f"{said['kind']}: {said['value']}{_bracket(said['label'])}"


def _hours(said: Words) -> str:
    """Return what is open, on which day and when, and for how long that holds."""
    times = said["opens"], said["closes"]
    when = "hele døgnet" if times == ROUND_THE_CLOCK else "–".join(times)
    lasts = [f"fra {said['valid_from']}" * bool(said["valid_from"])]
    lasts += [f"til og med {said['valid_until']}" * bool(said["valid_until"])]
    rest = [said["venue"], " ".join(filter(None, lasts)), said["note"]]
    return _listed(f"{said['channel']}: {said['weekday']} {when}", *rest)


def _closure(said: Words) -> str:
    """Return the days, and why."""
    first, last = said["starts_on"], said["ends_on"]
    days = first if first == last else f"{first} – {last}"
    return f"Lukket {days}{_bracket(said['reason'])}"


def _start(said: Words) -> str:
    """Return the day, the hour, and until when one may join."""
    hour = f" kl. {said['starts_at']}" if said["starts_at"] else ""
    apply_by = f"tilmelding senest {said['apply_by']}" if said["apply_by"] else ""
    return _listed(f"{said['starts_on']}{hour}", apply_by, said["note"])


def _succession(said: Words) -> str:
    """Return what takes over, and at which age."""
    at_age = f"ved {said['at_age']} år" if said["at_age"] else ""
    return _listed(said["successor"], at_age, said["note"])


def _check(said: Words) -> str:
    """Return which facts, when they were checked and by whom, and how often they are."""
    when = f"kontrolleret {said['checked_on']}" if said["checked_on"] else "ikke kontrolleret"
    by = f" af {said['checked_by']}" if said["checked_by"] and said["checked_on"] else ""
    often = f"hver {said['interval']}. dag" if said["interval"] else ""
    return _listed(f"{said['fact']}: {when}{by}", often)


def _bracket(text: str) -> str:
    """Return a text in brackets behind another; nothing for none."""
    return f" ({text})" if text else ""


def _listed(first: str, *rest: str) -> str:
    """Return what there is, with commas."""
    return ", ".join(filter(None, (first, *rest)))


LINES: dict[type, Callable[[Words], str]] = {
    ContactPoint: _contact,
    OpeningHours: _hours,
    Closure: _closure,
    StartDate: _start,
    OfferSuccession: _succession,
    FactCheck: _check,
}
