"""Finding papers by the words in them."""

from django.db.models import Q

from offers.danish import fold
from offers.models.natural import NaturalKeyQuerySet


class PaperQuerySet(NaturalKeyQuerySet):
    """Policies and other papers, of a model with `search_text`, `sort_key` and an authority."""

    natural_key_fields = ("slug",)

    def matching(self, words: str):
        """Return the papers in which every word of `words` stands, the authority's name included."""
        found = self
        for word in dict.fromkeys(fold(words).split()):
            found = found.filter(Q(search_text__contains=word) | Q(authority__search_text__contains=word))
        return found

    def in_order(self):
        """Return the papers in the order of the Danish alphabet."""
        return self.order_by("sort_key", "pk")
