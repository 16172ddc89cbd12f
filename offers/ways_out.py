"""Never a dead end: other questions that find more, each with its address and its count."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.http import QueryDict
from django.utils.translation import gettext

from offers.filters import OfferFilter
from offers.models import ContactPoint, Need
from offers.search import current
from offers.search.letters import words
from offers.search.neighbours import table
from offers.search.question import Question
from offers.search.taken import UNKNOWN
from offers.search.unanswered import FEW
from offers.search.ways_out import cut, nearest_needs

# At most so many ways out are shown, out of at most so many that are tried.
MOST, MOST_TRIED = 6, 14
MOST_WORDS = 4  # things asked for in words that are left out one by one
MOST_NEEDS = 4
# In which order groups are let go: first what is a wish, last what it is all about.
GROUPS = ("pris", "form", "adgang", "anonym", "sprog", "maalgruppe")
FAR = ("telefon", "chat", "sms")
KEPT = ("q", "sorter", "ordret")  # what is no filter

Way = tuple[str, str]  # what one does, and the query string that does it


@dataclass(frozen=True)
class WayOut:
    """Another question: what is different in it, its query string, and how many offers it finds."""

    words: str
    query: str
    count: int


@dataclass(frozen=True)
class NearNeed:
    """A need that may be meant: its name, its slug, and how many offers answer it."""

    name: str
    slug: str
    count: int


def ways_out(found: OfferFilter) -> list[WayOut]:
    """Return what to try when `found` has few answers, the closest to the question first.

    Each finds more than `found` does, and none the same offers as one before it. A way out is counted by
    reading its own address, so that the page behind it has just as many.
    """
    now = len(found.answer.keys)
    if now >= FEW:
        return []
    ways: list[WayOut] = []
    seen: set[frozenset[int]] = set()
    for said, query in islice(_candidates(found), MOST_TRIED):
        other = found.asking(QueryDict(query))
        keys = frozenset(other.answer.keys) if _asks(other) else frozenset()
        if len(keys) > now and keys not in seen:
            seen.add(keys)
            ways.append(WayOut(said, query, len(keys)))
        if len(ways) == MOST:
            break
    return ways


def _asks(found: OfferFilter) -> bool:
    """Whether anything is asked for that can be searched; if not, the answer is the whole list."""
    question = found.question
    filtered = question.age is not None or any(question.chosen.values())
    return bool(filtered or found.answer.understanding.asked)


def _candidates(found: OfferFilter) -> Iterator[Way]:
    """Yield other questions, the closest first."""
    yield from _nearby(found)
    yield from _fewer_filters(found)
    yield from islice(_fewer_words(found), MOST_WORDS)
    if found.answer.understanding.corrected:
        yield gettext("Med dine egne ord, uden rettelser"), found.verbatim_query
    yield from _last_resorts(found)


def _nearby(found: OfferFilter) -> Iterator[Way]:
    """Yield the question with an age, places or words close to those that were asked for."""
    question = found.question
    if question.age is not None and not question.spread:
        yield gettext("Også lidt yngre og lidt ældre"), found.query_with(omkring=["ja"])
    if places := question.chosen.get("kommune"):
        around = dict.fromkeys([*places, *(code for place in places for code in table().get(place, ()))])
        yield gettext("Også nabokommunerne"), _without(found, "kommune", kommune=list(around))
    if found.is_verbatim:
        yield gettext("Med stavefejl rettet"), found.query_with(ordret=[])


def _fewer_filters(found: OfferFilter) -> Iterator[Way]:
    """Yield the question without each group of filters, the wishes first and the need last."""
    chosen = found.question.chosen
    last = ("kommune", "behov")
    wishes = [*GROUPS, *(name for name in chosen if name not in (*GROUPS, *last))]
    for name in filter(chosen.get, wishes):
        yield _let_go(_named(found, name, chosen[name])), _without(found, name)
    if found.question.age is not None:
        yield gettext("Uden alder"), _without(found, "alder", alder_til=[], omkring=[])
    if chosen.get("kommune"):
        yield gettext("I alle kommuner"), _without(found, "kommune")
    if values := chosen.get("behov"):
        yield _let_go(_named(found, "behov", values)), _without(found, "behov")


def _without(found: OfferFilter, name: str, **values: list[str]) -> str:
    """Return the query string without what was asked for by `name`, ticked or written in the box."""
    text = found.box.without(*(one for one in found.box.taken if one.name == name))
    return found.query_with(**({name: [], "q": [text]} | values))


def _let_go(what: str) -> str:
    """Return the words for a question without `what`."""
    return gettext("Uden {what}").format(what=what)


def _named(found: OfferFilter, name: str, values: Iterable[str]) -> str:
    """Return what was chosen in one group: a single value by its name, several by their group."""
    first, *others = [value for value in values if value != UNKNOWN] or values
    field = found.form.fields.get(name)
    known = dict(getattr(field, "choices", ()))
    if others and field:
        return gettext("valgene under “{label}”").format(label=field.label)
    return f"“{known.get(first, first)}”"


def _fewer_words(found: OfferFilter) -> Iterator[Way]:
    """Yield the question without one of the things it asks for in words, when it asks for several."""
    understanding = found.answer.understanding
    if len({concept.words for concept in understanding.concepts}) < 2:
        return
    for concept in understanding.concepts:
        if rest := cut(found.box.text, concept, understanding.corrected):
            yield _let_go(f"“{rest[0]}”"), found.query_with(q=[rest[1]])


def _last_resorts(found: OfferFilter) -> Iterator[Way]:
    """Yield what has least to do with the question: only its words or need, only its filters, or a talk."""
    chosen = found.question.chosen
    known = {value for value, _ in found.vocabularies["form"]}
    far = [value for value in FAR if value in known]
    filters: dict[str, list[str]] = {name: [] for name in found.form.fields if name not in KEPT}
    need, places = list(chosen.get("behov", ())), list(chosen.get("kommune", ()))
    talk = filters | {"form": far, "behov": need, "kommune": places, "q": [found.box.words]}
    yield gettext("Telefon, chat og sms"), found.query_with(**talk)
    if found.box.words and found.is_active:
        said = gettext("Kun ordene “{words}”").format(words=found.box.words[:60])
        yield said, found.query_with(**filters, q=[found.box.words])
    if found.box.words:
        yield gettext("Uden ordene"), found.query_with(q=[found.box.read])
    anything = talk | {"behov": [], "q": [], "ordret": []}
    yield gettext("Nogen at tale med, uanset emne"), found.query_with(**anything)


def near_needs(found: OfferFilter) -> list[NearNeed]:
    """Return the needs nearest to a question that found nothing, or the areas when none is near."""
    counts = current.ask(Question()).counts["behov"]
    near = nearest_needs(
        words(found.box.words), found.answer.understanding.asked, current.reader().thesaurus
    )
    names = dict(found.vocabularies["behov"])
    usable = [slug for slug in near if slug in names and counts.get(slug)][:MOST_NEEDS]
    if not usable:
        areas = Need.objects.areas().in_order().values_list("slug", flat=True)
        usable = [slug for slug in areas if counts.get(slug)]
    return [NearNeed(names[slug], slug, counts[slug]) for slug in usable]


def says_nothing(found: OfferFilter) -> bool:
    """Whether something is written in the box, but nothing that can be searched."""
    concepts = found.answer.understanding.asked
    return bool(found.box.text.strip() and not found.box.taken and not concepts)


def whom_to_call(found: OfferFilter) -> list[ContactPoint]:
    """Return the numbers of the municipalities that were asked for, where the data know one."""
    codes = found.question.chosen.get("kommune")
    numbers = ContactPoint.objects.of_municipalities(codes) if codes else []
    return [number for number in numbers if number.may_be_told]
