"""The editors' search: “ÆLDRE” and “ældre” find the same rows, on every database.

Django's own `icontains` does not: SQLite knows upper and lower case for a–z only, and PostgreSQL
knows æ, ø and å only when the database was made with a locale that does.
"""

import re
from collections.abc import Iterable

from django.contrib import admin
from django.db.models import Q

from offers.danish import fold

# Columns of text that `fold` has been through; a folded word is compared with them as it is.
FOLDED_COLUMNS = ("search_text", "folded_phrase")


def any_case(word: str) -> str:
    """Return a regular expression for `word` in upper or lower case, for use with `iregex`.

    The letters that a database may not know the cases of are written out, both of them.

    >>> any_case("blå+")
    'bl[åÅ]\\\\+'
    """
    return "".join(
        f"[{char}{char.upper()}]" if char.isalpha() and not char.isascii() else re.escape(char)
        for char in word
    )


def stands_in(columns: Iterable[str], word: str) -> Q:
    """Return the condition that the folded `word` stands in one of `columns` (lookup paths)."""
    condition = Q()
    for column in columns:
        if column.endswith(FOLDED_COLUMNS):
            condition |= Q(**{f"{column}__contains": word})
        else:
            condition |= Q(**{f"{column}__iregex": any_case(word)})
    return condition


class FoldedSearchMixin(admin.ModelAdmin):
    """Search for a ModelAdmin: every word must stand in one of `search_fields`, in any case.

    The fields are plain lookup paths, and none may cross a to-many relation: rows would come twice.
    Columns without folded text are read one by one, which is right for small tables only.
    """

    def search_words(self, search_term):
        """Return the folded words to look for in what the editor typed."""
        return fold(search_term).split()

    def get_search_results(self, request, queryset, search_term):
        """Return the rows that hold every word, and that none of them comes twice."""
        columns = self.get_search_fields(request)
        for word in self.search_words(search_term):
            queryset = queryset.filter(stands_in(columns, word))
        return queryset, False
