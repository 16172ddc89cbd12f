"""What policies and the papers of the library have in common."""

from offers.models.tracked import TrackedQuerySet


class PaperQuerySet(TrackedQuerySet):
    """Policies and other papers, of a model with `sort_key`."""

    natural_key_fields = ("slug",)

    def in_order(self):
        """Return the papers in the order of the Danish alphabet."""
        return self.order_by("sort_key", "pk")
