"""What the council has on the same, below the offers. The template asks; `offers` knows nothing of it."""

from django import template
from django.http import QueryDict
from django.urls import reverse

from offers.search.question import Question
from policies.search import current

register = template.Library()


@register.inclusion_tag("policies/_second_group.html")
def second_group(question: Question):
    """Show how much there is on the words of `question`, as a link to it; nothing without words.

    Only words are carried over: ages, places and needs are the offers' matter. Mostly no query.
    """
    words = Question(words=question.words, correct=question.correct)
    return {
        "count": len(current.ask(words).keys) if words.words else 0,
        "url": f"{reverse('policies:search')}?{_query(words)}",
    }


def _query(question: Question) -> str:
    """Return the query string by which the page asks `question`."""
    query = QueryDict(mutable=True)
    query["q"] = question.words
    if not question.correct:
        query["ordret"] = "ja"
    return query.urlencode()
