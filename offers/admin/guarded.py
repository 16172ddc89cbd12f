"""No form of the desk takes a CPR number: it is taken out, told at its field, and never shown again."""

from typing import Any

from django import forms

from offers import cpr

REFUSED = "Her stod et CPR-nummer. Vi har fjernet det og gemmer det ikke. Se teksten igennem, og gem igen."


class GuardedForm(forms.ModelForm):
    """A form whose texts hold no CPR number, whatever is sent."""

    def __init__(self, *args, **kwargs):
        """Take what was sent, without what may be CPR numbers."""
        super().__init__(*args, **kwargs)
        self.refused: list[str] = []
        if not self.is_bound:
            return
        data: Any = self.data
        data = data.copy()
        for name, field in self.fields.items():
            key = self.add_prefix(name)
            text = data.get(key) if isinstance(field, forms.CharField) else None
            if isinstance(text, str) and cpr.find(text):
                data[key] = cpr.removed(text)
                self.refused.append(name)
        if self.refused:
            self.data = data

    def clean(self):
        """Say at each field that something was taken out."""
        cleaned = super().clean()
        for name in self.refused:
            self.add_error(name, REFUSED)
        return cleaned
