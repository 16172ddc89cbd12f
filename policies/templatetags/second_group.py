"""What the council has on the same, below the offers. The template asks; `offers` knows nothing of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from django import template
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString

from offers.models import Organisation
from offers.search.question import Question
from offers.templatetags.shell import filled, include_kept
from policies.search import current

register = template.Library()


@register.simple_tag
def second_group(question: Question) -> SafeString:
    """Show how much there is on the words of `question`, as a link to it; nothing without words.

    Words are carried over, and the places, where an authority of them has something on the words; ages
    and needs are the offers' matter. Mostly no query.
    """
    asked = Question(words=question.words, correct=question.correct)
    count = current.how_many(asked) if asked.words else 0
    if count and (authorities := _authorities(question.chosen.get("kommune", ()))):
        there = replace(asked, chosen={"myndighed": authorities})
        if in_place := current.how_many(there):
            asked, count = there, in_place
    if not count:
        return SafeString()
    url = f"{reverse('policies:search')}?{_query(asked)}"
    told = {"count": filled(count), "is_one": count == 1, "url": filled(url)}
    return include_kept("policies/_second_group.html", **told)


def _authorities(codes: Sequence[str]) -> tuple[str, ...]:
    """Return the municipalities' own organisations that stand behind something in the index."""
    if not codes:
        return ()
    found = current.kept.value("authorities of municipalities", _by_municipality)
    return tuple(slug for code in codes for slug in found.get(code, ()))


def _by_municipality() -> dict[str, list[str]]:
    """Return for the code of each municipality those of its organisations that stand in the index."""
    known = current.policies.reader().index.facets["myndighed"].values
    kind = Organisation.Kind.MUNICIPALITY
    own = Organisation.objects.filter(kind=kind, slug__in=known).exclude(municipality=None)
    found = defaultdict(list)
    for code, slug in own.order_by("slug").values_list("municipality__code", "slug"):
        found[code].append(slug)
    return found


def _query(question: Question) -> str:
    """Return the query string by which the page asks `question`."""
    query = QueryDict(mutable=True)
    query["q"] = question.words
    query.setlist("myndighed", list(question.chosen.get("myndighed", ())))
    if not question.correct:
        query["ordret"] = "ja"
    return query.urlencode()
