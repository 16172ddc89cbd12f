"""Services of the source as offers: the opposite of `offers.hsds.said`, and tolerant of others."""

import re
from urllib.parse import urlsplit

from offers.ages import age_in_words
from offers.exchange.sheets import OFFERS
from offers.harvest import values
from offers.harvest.contacts import mailbox, phones, put_contacts, webs
from offers.harvest.hours import put_closures, put_hours
from offers.harvest.spool import Record
from offers.harvest.taken import Taken, begun, key_of, put_address, put_text, refuse_cpr
from offers.harvest.words import Words
from offers.models import Offer
from offers.models.offer import OLDEST_AGE

DEFUNCT, OPEN = "defunct", ("active", "temporarily closed")
OUR_PAGE = re.compile(r"/tilbud/([-a-zA-Z0-9_]+)/")
READ_MORE, SIGN_UP = "Læs mere", "Tilmelding"
NO_SUMMARY = "Der er ingen beskrivelse. Skriv “kort fortalt”, før tilbuddet bliver offentligt."
AGES = "Aldersgrænserne kan ikke passe og er udeladt."
LONGEST_SUMMARY = Offer._meta.get_field("summary").max_length or 0


def service(source: str, record: Record, words: Words, organisation: int, venues: dict[str, int]) -> Taken:
    """Return an offer: its `organisation` by key, and the keys of all `venues` by the source's ids."""
    name = values.line(record.get("name"))
    taken = begun(source, record, name)
    put_text(taken, OFFERS, "title", name)
    taken.values["organisation"] = organisation
    words.put_attributes(taken, values.rows(record.get("attributes")))
    words.put_languages(taken, values.rows(record.get("languages")))
    words.put_areas(taken, values.rows(record.get("service_areas")))
    _put_ages(taken, record)
    _put_texts(taken, record)
    _put_way_in(taken, values.text(record.get("application_process")))
    _put_price(taken, record)
    _put_links(taken, source, record)
    _put_places(taken, record, venues)
    put_closures(taken, values.line(record.get("alert")))
    taken.values["verified_on"] = values.day(record.get("assured_date"))
    taken.notes = list(dict.fromkeys(taken.notes))
    refuse_cpr(taken, OFFERS)
    return taken


def gone(source: str, record: Record) -> Taken:
    """Return an offer that the source has withdrawn, and of which it says nothing but that."""
    taken = begun(source, record, values.line(record.get("name")))
    taken.is_gone = True
    taken.values["status"] = Offer.Status.ARCHIVED.value
    return taken


def locations(record: Record) -> list[Record]:
    """Return the places at which a service is given."""
    places = values.rows(record.get("service_at_locations"))
    return [each["location"] for each in places if isinstance(each.get("location"), dict)]


def _put_ages(taken: Taken, record: Record) -> None:
    """Let the ages be those of the source, where they can be."""
    ages = [values.whole(record.get(name)) for name in ("minimum_age", "maximum_age")]
    known = [age for age in ages if age is not None]
    if not all(0 <= age <= OLDEST_AGE for age in known) or known != sorted(known):
        taken.notes.append(AGES)
        ages = [None, None]
    taken.values["min_age"], taken.values["max_age"] = ages


def _put_texts(taken: Taken, record: Record) -> None:
    """Let summary and description be the parts of the one text that HSDS has for both."""
    summary, description = values.parted(values.text(record.get("description")), LONGEST_SUMMARY)
    for_whom = values.text(record.get("eligibility_description"))
    if for_whom and for_whom not in _told_anyway(taken, record):
        description = f"{description}\n\nHvem det er for: {for_whom}".strip()
    put_text(taken, OFFERS, "summary", summary)
    put_text(taken, OFFERS, "description", description)
    if not summary:
        taken.is_held = True
        taken.notes.append(NO_SUMMARY)


def _told_anyway(taken: Taken, record: Record) -> set[str]:
    """Return in which words our own API says for whom it is: by ages and groups, which are read already."""
    groups = ", ".join(
        values.line(each["taxonomy_term"].get("name"))
        for each in values.rows(record.get("attributes"))
        if each.get("link_type") == "intended_audience" and isinstance(each.get("taxonomy_term"), dict)
    )
    lowest, highest = taken.values["min_age"], taken.values["max_age"]
    ages = "" if lowest is None and highest is None else age_in_words(lowest, highest)
    return {groups, ages, ". ".join(filter(None, (groups, ages)))}


def _put_way_in(taken: Taken, told: str) -> None:
    """Let the note say how one gets the help, apart from what fields of their own say."""
    lines = [each.strip() for each in told.split("\n") if each.strip()]
    for way in Offer.WayIn:
        if lines and lines[0] == f"{way.label}.":
            lines = lines[1:]
            taken.values["way_in"] = way.value
    for answer in Offer.Anonymous:
        if lines and lines[-1] == f"{answer.label}.":
            lines = lines[:-1]
            taken.values["anonymous"] = answer.value
    put_text(taken, OFFERS, "way_in_note", "\n".join(lines))


def _put_price(taken: Taken, record: Record) -> None:
    """Let the price be what it says in words; only nothing is an amount that we know."""
    note = values.line(record.get("fees_description"))
    amounts = [values.number(each.get("amount")) for each in values.rows(record.get("cost_options"))]
    cost = Offer.Cost.FREE if amounts and not any(amount != 0 for amount in amounts) else Offer.Cost.UNKNOWN
    for each in Offer.Cost:
        if each != Offer.Cost.UNKNOWN and (note + " ").startswith(f"{each.label}. "):
            cost, note = each, note.removeprefix(f"{each.label}.").strip()
    taken.values["cost"] = cost.value
    put_text(taken, OFFERS, "cost_note", note)


def _put_links(taken: Taken, source: str, record: Record) -> None:
    """Let the links and the contacts be those of the source; its own page of the service is our source."""
    links = [
        (values.line(each.get("label")), values.line(each.get("url")))
        for each in values.rows(record.get("additional_urls"))
    ]
    put_address(taken, OFFERS, "url", values.line(record.get("url")))
    page = ""
    if links and links[0][0] == READ_MORE and (found := OUR_PAGE.fullmatch(_path(links[0][1]))):
        page, taken.values["slug"] = links[0][1], found[1][:100]
        links = links[1:]
    signs_up = bool(links) and links[0][0] == SIGN_UP
    put_address(taken, OFFERS, "apply_url", links[0][1] if signs_up else "")
    is_api = source.startswith(("http://", "https://"))
    put_address(taken, OFFERS, "source_url", page or (f"{source}/services/{taken.key}" if is_api else ""))
    put_contacts(taken, [*phones(record), *mailbox(record), *webs(links[signs_up:])])


def _path(address: str) -> str:
    """Return the path of an address; empty for what is none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _put_places(taken: Taken, record: Record, venues: dict[str, int]) -> None:
    """Let the venues be those of the source that were taken, with their hours."""
    hours: list[tuple[int | None, list[Record]]] = [(None, values.rows(record.get("schedules")))]
    found = set()
    for place in values.rows(record.get("service_at_locations")):
        location = next(iter(values.rows(place.get("location"))), {})
        venue = venues.get(key_of(location) or values.line(place.get("location_id")))
        found |= {venue} if venue else set()
        hours.append((venue, values.rows(place.get("schedules"))))
        hours.append((venue, values.rows(location.get("schedules"))))
    taken.values["venues"] = sorted(found)
    put_hours(taken, hours)
