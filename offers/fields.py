"""Model fields whose value is worked out from other fields of the same row."""

from collections.abc import Callable, Iterable

from django.db import models


class DerivedTextField(models.TextField):
    """Text worked out by `derive` from the values of `sources`, each time the row is saved.

    Being a field (as `auto_now` is), it is also kept by `bulk_create`; `update()` passes it by, except
    in a `TrackedQuerySet`.
    """

    def __init__(self, *, sources: Iterable[str], derive: Callable[..., str], **options):
        """`derive` takes the texts of `sources`, in their order, and gives the text to store."""
        self.sources = tuple(sources)
        self.derive = derive
        super().__init__(**{"editable": False, "default": "", **options})

    def deconstruct(self):
        """Return what a migration needs to write this field down."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "sources": self.sources, "derive": self.derive}

    def pre_save(self, model_instance, add):
        """Return the text to store, and leave it on the instance."""
        value = self.value_for(model_instance)
        setattr(model_instance, self.attname, value)
        return value

    def value_for(self, model_instance):
        """Return what the text has to be, as the sources are now."""
        return self.derive(*(str(getattr(model_instance, source)) for source in self.sources))


class AddressField(models.SlugField):
    """The last part of a page's address: unique, a–z, 0–9 and hyphens."""

    def __init__(self, **options):
        """Say in Danish what to do when the address is taken."""
        taken = "Adressen bruges allerede. Skriv en anden."
        usual = {"verbose_name": "adresse", "unique": True, "error_messages": {"unique": taken}}
        super().__init__(**{**usual, **options})
