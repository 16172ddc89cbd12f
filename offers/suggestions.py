"""What the search box suggests while somebody writes: read from the database, shown as options."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from weakref import WeakKeyDictionary

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from offers import cpr
from offers.filters import CRISIS_NEEDS, crisis_needs
from offers.htmx import HtmxRequest
from offers.labels import is_danish
from offers.models import Need, Offer, Synonym
from offers.search import current, suggest
from offers.search.concepts import Reader
from offers.search.letters import words
from offers.search.phrases import DANISH
from offers.search.question import Question
from offers.search.stored import MOST_WORDS
from offers.search.suggest import Entry, Kind, Suggester, Suggestion, entry

# Among this many of the best answers, those whose titles begin with what is typed are moved up.
LOOKED_AT = 20


@require_safe
@never_cache
def suggestions(request: HtmxRequest) -> HttpResponse:
    """Answer what is in the search box with options; whoever comes here by hand gets the whole answer."""
    text = request.GET.get("q", "")
    if not request.htmx:
        return redirect(f"{reverse('offers:list')}?{urlencode({'q': cpr.removed(text)})}")
    groups = [_named(group) for group in suggested(text) if group]
    context = {"groups": groups, "number": sum(map(len, groups))}
    response = render(request, "offers/_suggestions.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def suggested(text: str) -> list[list[Suggestion]]:
    """Return at most eight suggestions in groups: acute help, needs, offers, organisations, words."""
    if not suggest.is_suggestible(text):
        return []
    suggester = _suggester(current.reader(), timezone.localdate())
    typed, answer = words(text), current.ask(Question(words=text))
    understood = answer.understanding
    right = {wrong: word for wrong, word in understood.corrected.items() if suggester.is_visible(word)}
    mended = suggest.mended(typed, right)
    tail, begun = suggester.begun(mended)
    completed = suggester.completed(mended)
    likely = suggest.ended(mended, begun) if begun else [*completed, text][0]
    if likely not in {text, " ".join(typed)}:
        answer = current.ask(Question(words=likely))
    keys = answer.keys[:LOOKED_AT] if answer.understanding.asked else []

    needs = suggest.of_kind(Kind.NEED, suggest.nearest(begun, tail), suggest.MOST_NEEDS)
    urgent = [*crisis_needs(text), suggest.alarming(tail, begun, CRISIS_NEEDS)][0]
    others = suggest.shared_out(
        [one for one in needs if one.count],
        suggest.by_beginning(_titles(keys), mended),
        suggest.of_kind(Kind.ORGANISATION, begun, suggest.MOST_ORGANISATIONS),
        suggest.in_words([" ".join(mended)] * (mended != typed) + completed, needs),
        room=suggest.MOST - bool(urgent),
    )
    return [[Suggestion(Kind.ACUTE, "", urgent)] if urgent else [], *others]


def _named(group: list[Suggestion]) -> list[Suggestion]:
    """Return suggestions, needs named in the language of the page. One query unless that is Danish."""
    if is_danish() or group[0].kind != Kind.NEED:
        return group
    needs = Need.objects.filter(slug__in=[one.target for one in group])
    names = {need.slug: need.label for need in needs}
    return [replace(one, text=names.get(one.target, one.text)) for one in group]


def _titles(keys: Sequence[int]) -> list[Suggestion]:
    """Return the offers of `keys`, in their order, each with the name of its organisation. One query."""
    rows = Offer.objects.published().filter(pk__in=keys)
    found = {row[0]: row[1:] for row in rows.values_list("pk", "title", "slug", "organisation__name")}
    return [
        Suggestion(Kind.OFFER, title, slug, said=organisation)
        for title, slug, organisation in (found[key] for key in keys if key in found)
    ]


# Each reader's suggesters, with the day for which they were made, by language; gone when the reader is.
_made: WeakKeyDictionary[Reader, dict[str, tuple[date, Suggester]]] = WeakKeyDictionary()


def _suggester(reader: Reader, day: date) -> Suggester:
    """Return the suggester for `reader` on `day` in the page's language, made anew when one is another."""
    language = get_language() or DANISH
    made = _made.setdefault(reader, {})
    if language not in made or made[language][0] != day:
        entries = _entries(day, {DANISH, language})
        made[language] = (day, Suggester(entries, reader.vocabulary, _hidden(day)))
    return made[language][1]


def _entries(day: date, languages: Collection[str]) -> Iterator[Entry]:
    """Yield what can be begun: needs by every name for them, and whoever gives help. Three queries.

    Phrases are those of `languages`: who writes Danish is not offered English ones.
    """
    counts = current.ask(Question()).counts["behov"]
    needs = {}
    for slug, name, keywords in Need.objects.values_list("slug", "name", "keywords"):
        if counts.get(slug) or slug in CRISIS_NEEDS:
            needs[slug] = Suggestion(Kind.NEED, name, slug, count=counts.get(slug, 0))
            yield from (entry(text, needs[slug]) for text in (name, *keywords.split(",")) if text.strip())
    phrases = Synonym.objects.filter(need__slug__in=needs, language__in=languages)
    for phrase, slug in phrases.values_list("phrase", "need__slug"):
        yield entry(phrase, needs[slug])
    givers = Offer.objects.published(day).order_by().values_list("organisation__name")
    for name, number in givers.annotate(Count("pk")):
        yield entry(name, Suggestion(Kind.ORGANISATION, name, name, count=number))


def _hidden(day: date) -> Counter[str]:
    """Return in how many offers outside their publishing window each word stands; they are in the index."""
    rows = Offer.objects.filter(status=Offer.Status.PUBLISHED).exclude(
        pk__in=Offer.objects.published(day).values("pk")
    )
    found: Counter[str] = Counter()
    columns = ("title", "summary", "keywords", "description", "organisation__name")
    for texts in rows.values_list(*columns).iterator():
        found.update(set(words(" ".join(texts), MOST_WORDS)))
    return found
