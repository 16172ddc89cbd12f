"""Fields in which one chooses another row by typing: what is no key is refused, and never a fault."""

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError

# The digits of the largest key that a database holds, less one.
MOST_DIGITS = 18


class KeysOnly(AutocompleteMixin):
    """Shows again only what can be a key: Django would ask the database for whatever was sent."""

    def optgroups(self, name, value, attr=None):
        """Return the chosen rows."""
        keys = [key for key in value if is_key(str(key))]
        return super().optgroups(name, keys, attr)


class ChooseOne(KeysOnly, AutocompleteSelect):
    """For one row."""


class ChooseSeveral(KeysOnly, AutocompleteSelectMultiple):
    """For several."""


class SeveralField(forms.ModelMultipleChoiceField):
    """Refuses what is no key with a sentence; a database breaks off at a number that is too large."""

    def clean(self, value):
        """Return the chosen rows; raises ValidationError."""
        for one in value if isinstance(value, list | tuple) else ():
            if not is_key(str(one)):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": one}
                )
        return super().clean(value)


def is_key(text: str) -> bool:
    """Return whether a text can be the key of a row."""
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS


class ChoosingMixin(BaseModelAdmin):
    """Gives a page those fields and widgets."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Choose one."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ChooseOne(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Choose several."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ChooseSeveral(db_field, self.admin_site))
        kwargs.setdefault("form_class", SeveralField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)
