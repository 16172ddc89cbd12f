"""Filters that put facts into words in the templates."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from offers import ages, markdown
from offers.search.index import EVERYWHERE

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
def count_of(counts, value):
    """Return how many answers one would get by choosing `value`; a place without its own has all."""
    return counts.get(value, counts.get(EVERYWHERE, 0))


@register.simple_tag
def danish() -> SafeString:
    """Mark an element whose content is Danish whatever the language of the page: `<h1{% danish %}>`."""
    return SafeString("" if get_language() == "da" else ' lang="da"')


@register.filter
def lines(text):
    """Return the lines of `text` that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
