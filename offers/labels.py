"""What the search reads, in the language of the page; search and content know only Danish."""

import re

from django.conf import settings
from django.utils.translation import get_language, gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from offers.search.who import Who

WHOM = {
    Who.ME: _("Mig selv"),
    Who.CHILD: _("Mit barn"),
    Who.RELATIVE: _("En anden, jeg holder af"),
    Who.CLIENT: _("En borger, jeg arbejder med"),
}
# How `offers.search.said_ages` and `offers.search.wishes` name what they read, numbers left open.
READ = (
    gettext_noop("{} år"),
    gettext_noop("{}–{} år"),
    gettext_noop("under {} år"),
    gettext_noop("{} år og ældre"),
    gettext_noop("Gratis (eller ikke oplyst)"),
    gettext_noop("Anonymt (eller ikke oplyst)"),
    gettext_noop("Uden henvisning"),
    gettext_noop("Chat"),
    gettext_noop("Åbent nu"),
)
_NUMBER = re.compile(r"\d+")


def is_danish() -> bool:
    """Whether the page is in the language of the content."""
    return get_language() == settings.LANGUAGE_CODE


def in_words(label: str) -> str:
    """Return what was read out of the box in the language of the page; a place keeps its name.

    >>> in_words("14–17 år")
    '14–17 år'
    """
    pattern = _NUMBER.sub("{}", label)
    return gettext(pattern).format(*_NUMBER.findall(label)) if pattern in READ else label
