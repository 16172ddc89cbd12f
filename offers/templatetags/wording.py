"""Filters that put facts into words in the templates."""

from collections.abc import Iterable
from functools import cache
from urllib.parse import urlsplit

from django import template
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import escape, format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi, gettext, ngettext

from offers import ages, markdown, moments
from offers.labels import is_danish
from offers.search.index import EVERYWHERE
from offers.search.snippets import Piece

register = template.Library()


@register.filter(name="markdown", is_safe=True)
def render_markdown(text):
    """Render an editor's Markdown; see `offers.markdown`."""
    return markdown.render(text)


@register.filter
def age_in_words(offer):
    """Say whom the offer's age limits let in."""
    return ages.age_in_words(offer.min_age, offer.max_age)


@register.filter
def for_whom(offer):
    """Say whom the offer is for, by age or by target group; `offer` is loaded with its target groups."""
    return ages.for_whom(offer.min_age, offer.max_age, offer.target_groups.all())


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """Return a text in pieces, those marked that answer what was asked."""
    texts = ((escape(piece.text), piece.is_marked) for piece in pieces)
    # Each text was escaped above.
    return mark_safe("".join(f"<mark>{text}</mark>" if is_marked else text for text, is_marked in texts))  # noqa: S308 (escaped)


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Show a symbol as `includes/icon.html` does: at less cost, for what is repeated."""
    return render_to_string("includes/icon.html", {"name": name})


@register.filter
def count_of(counts, value):
    """Return how many answers one would get by choosing `value`; a place without its own has all."""
    return counts.get(value, counts.get(EVERYWHERE, 0))


@register.filter
def other_than_page(query: QueryDict) -> str:
    """Return what stands in an address before “page=”, as “?q=angst&”.

    Django's `querystring` copies all of it for each page that one can go to.
    """
    pairs = [(name, value) for name, values in query.lists() if name != "page" for value in values]
    return f"?{urlencode(pairs)}&" if pairs else "?"


@register.filter
def offers_in_words(count: int) -> str:
    """Say how many offers there are: “1 tilbud”, “12 tilbud”; not all languages have one word for both."""
    return ngettext("{count} tilbud", "{count} tilbud", count).format(count=count)


@register.filter
def show_in_words(count: int) -> str:
    """Say on a button how many offers it shows."""
    return ngettext("Vis {count} tilbud", "Vis {count} tilbud", count).format(count=count)


@register.filter
def in_a_row(texts: Iterable[str], element: str) -> SafeString:
    """Return texts as one says them one after the other, each in an HTML element: “a, b og c”."""
    *first, last = (format_html("<{0}>{1}</{0}>", element, text) for text in texts)
    if not first:
        return last
    most = format_html_join(", ", "{}", ((one,) for one in first))
    return format_html(gettext("{most} og {last}"), most=most, last=last)


@register.simple_tag
def danish() -> SafeString:
    """Mark an element whose content is Danish whatever the language of the page: `<h1{% danish %}>`."""
    if is_danish():
        return SafeString("")
    return SafeString(' lang="da" dir="ltr"' if get_language_bidi() else ' lang="da"')


@register.filter
def as_danish(text: str) -> str:
    """Return content for inside a sentence, marked as Danish where the sentence is not."""
    return format_html("<span{}>{}</span>", mark, text) if text and (mark := danish()) else text


@register.filter
def website(url: str) -> str:
    """Return what to call a page elsewhere: the name of its host, as people say it."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


@register.filter
def lines(text):
    """Return the lines of `text` that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@register.filter
def clock(moment):
    """Return a time of the day as one writes it."""
    return moments.clock(moment)
