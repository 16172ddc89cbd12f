"""Ages in words, as one would say them on the phone."""

from collections.abc import Iterable

from django.utils.translation import gettext


def age_in_words(youngest: int | None, oldest: int | None) -> str:
    """Return whom the age limits let in; both limits are included, None is no limit.

    >>> age_in_words(9, 12), age_in_words(18, None), age_in_words(None, 29), age_in_words(None, None)
    ('9–12 år', 'Fra 18 år', 'Til og med 29 år', 'Alle aldre')
    """
    if youngest is None and oldest is None:
        return gettext("Alle aldre")
    if youngest is None:
        return gettext("Til og med {oldest} år").format(oldest=oldest)
    if oldest is None:
        return gettext("Fra {youngest} år").format(youngest=youngest)
    if youngest == oldest:
        return gettext("{age} år").format(age=youngest)
    return gettext("{youngest}–{oldest} år").format(youngest=youngest, oldest=oldest)


def for_whom(youngest: int | None, oldest: int | None, groups: Iterable[object]) -> str:
    """Return whom an offer is for: the ages it lets in or, where no limit is known, its target groups.

    Not known is not “all ages” where the target groups tell of children.

    >>> for_whom(None, None, ["Børn", "Unge"]), for_whom(9, 12, ["Børn"]), for_whom(None, None, [])
    ('Børn, Unge', '9–12 år', 'Alle aldre')
    """
    known = youngest is not None or oldest is not None
    return age_in_words(youngest, oldest) if known else ", ".join(map(str, groups)) or gettext("Alle aldre")
