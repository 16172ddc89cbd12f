"""Model fields whose value is worked out from other fields of the same row."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models


class DerivedField(models.Field):
    """A value worked out by `derive` from the values of `sources`, each time the row is saved.

    Being a field (as `auto_now` is), it is also kept by `bulk_create`; `update()` passes it by, except
    in a `TrackedQuerySet`.
    """

    # No part of what somebody wrote: it comes again by itself (`offers.history`).
    worked_out = True
    # What stands there before the first save.
    empty: Any = None

    def __init__(self, *, sources: Iterable[str], derive: Callable[..., Any], **options):
        """`derive` takes the texts of `sources`, in their order, and gives the value to store."""
        self.sources = tuple(sources)
        self.derive = derive
        super().__init__(**{"editable": False, "default": self.empty, **options})

    def deconstruct(self):
        """Return what a migration needs to write this field down."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "sources": self.sources, "derive": self.derive}

    def pre_save(self, model_instance, add):
        """Return the value to store, and leave it on the instance."""
        value = self.value_for(model_instance)
        setattr(model_instance, self.attname, value)
        return value

    def value_for(self, model_instance):
        """Return what the value has to be, as the sources are now."""
        return self.derive(*(str(getattr(model_instance, source)) for source in self.sources))


class DerivedTextField(DerivedField, models.TextField):
    """A text that is worked out."""

    empty = ""


class DerivedNumberField(DerivedField, models.PositiveSmallIntegerField):
    """A small number that is worked out; None where there is nothing to count."""

    def __init__(self, **options):
        """It may be missing."""
        super().__init__(**{"null": True, **options})


class EverField(models.BooleanField):
    """Whether the field `sources[0]` has ever held `value`, since the row was made; it never goes back."""

    worked_out = True

    def __init__(self, *, sources: Iterable[str], value: str, **options):
        """Watch one field for one value."""
        self.sources = tuple(sources)
        self.value = value
        super().__init__(**{"editable": False, "default": False, **options})

    def deconstruct(self):
        """Return what a migration needs to write this field down."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "sources": self.sources, "value": self.value}

    def pre_save(self, model_instance, add):
        """Return whether it has by now, and leave it on the instance."""
        now = getattr(model_instance, self.sources[0]) == self.value
        ever = now or getattr(model_instance, self.attname)
        setattr(model_instance, self.attname, ever)
        return ever


class AddressField(models.SlugField):
    """The last part of a page's address: unique, a–z, 0–9 and hyphens."""

    def __init__(self, **options):
        """Say in Danish what to do when the address is taken."""
        taken = "Adressen bruges allerede. Skriv en anden."
        usual = {"verbose_name": "adresse", "unique": True, "error_messages": {"unique": taken}}
        super().__init__(**{**usual, **options})
