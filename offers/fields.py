"""Model fields whose value is worked out from other fields of the same row."""

from collections.abc import Callable, Iterable

from django.db import models


class DerivedTextField(models.TextField):
    """Text worked out by `derive` from the fields named in `sources`, each time the row is saved.

    Being a field (as `auto_now` is), it is also kept by `bulk_create`; `QuerySet.update()` passes it
    by, as it passes by everything that Python does.
    """

    def __init__(self, *, sources: Iterable[str], derive: Callable[[str], str], **options):
        """`derive` takes the joined text of `sources` and gives the text to store."""
        self.sources = tuple(sources)
        self.derive = derive
        super().__init__(**{"editable": False, "default": "", **options})

    def deconstruct(self):
        """Return what a migration needs to write this field down."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "sources": self.sources, "derive": self.derive}

    def pre_save(self, model_instance, add):
        """Return the text to store, and leave it on the instance."""
        text = " ".join(str(getattr(model_instance, source)) for source in self.sources)
        value = self.derive(text)
        setattr(model_instance, self.attname, value)
        return value
