"""The questions of the guide to a new offer, in the order in which people think, a page for each."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from offers.admin.guide_fields import GuideForm, words_field
from offers.exchange.cells import CellError
from offers.exchange.names import Names
from offers.exchange.parts import HoursColumn
from offers.exchange.sheets import OFFERS
from offers.models import ContactPoint, Offer
from offers.regions import region_of

MANY = forms.CheckboxSelectMultiple
NO_VENUE = (
    "Findes stedet ikke her, så gå videre. Skriv adressen i “Sådan får du hjælpen” på næste side. "
    "Redaktionen opretter stedet."
)


def by_region(rows) -> dict[Any, str]:
    """Return the region of each municipality."""
    return {row.pk: region_of(row.code) for row in rows}


def by_area(rows) -> dict[Any, str]:
    """Return the area of each need; an area stands in its own group."""
    return {row.pk: str(row.parent or row) for row in rows.select_related("parent")}


class WhoForm(GuideForm):
    """What it is called, who stands behind it, and whom it is for."""

    organisation_ord = words_field()
    found = ("organisation",)
    grouped: ClassVar = {"municipalities": by_region}

    class Meta:
        model = Offer
        fields = ["title", "organisation", "target_groups", "min_age", "max_age", "municipalities"]
        widgets = {"organisation": forms.RadioSelect, "target_groups": MANY, "municipalities": MANY}
        labels = {
            "title": "Hvad kalder I det?",
            "organisation": "Hvem står bag?",
            "target_groups": "Hvem er det for?",
            "min_age": "Hvor gammel skal man mindst være?",
            "max_age": "Hvor gammel må man højst være?",
            "municipalities": "Skal man bo et bestemt sted?",
        }
        help_texts = {
            "title": "Sig, hvad man får, med ord du ville bruge til en nabo.",
            "target_groups": "Vælg alle, der passer. Er det for alle, så vælg ingen.",
            "min_age": "Lad det stå tomt, hvis alder ikke betyder noget.",
            "max_age": "Lad det stå tomt, hvis alder ikke betyder noget.",
            "municipalities": "Vælg kommuner. Vælg ingen, hvis alle i landet må komme.",
        }
        error_messages = {
            "title": {"required": "Skriv, hvad I kalder det. Du kan altid rette det."},
            "organisation": {"required": "Vælg, hvem der står bag."},
        }

    field_order = ["title", "organisation"]


class HelpForm(GuideForm):
    """What it helps with."""

    grouped: ClassVar = {"needs": by_area}

    class Meta:
        model = Offer
        fields = ["needs", "formats", "keywords"]
        widgets = {"needs": MANY, "formats": MANY, "keywords": forms.Textarea({"rows": 2})}
        labels = {
            "needs": "Hvad kan man få hjælp til?",
            "formats": "Hvordan foregår det?",
            "keywords": "Hvilke andre ord bruger folk om det?",
        }
        help_texts = {
            "needs": "Vælg det, der passer bedst. Et til tre er nok.",
            "formats": "Vælg alle, der passer.",
            "keywords": "Skriv dem med komma imellem. De vises ikke, men de kan søges.",
        }


class ReachForm(GuideForm):
    """How one gets hold of somebody: telephone, mail, page, hours and place."""

    NUMBER: ClassVar = {"telefon": "phone", "e-mail": "email"}
    HOURS: ClassVar = {"phone_hours": "#telefon", "visit_hours": "#fremmoede"}

    phone = forms.CharField(
        label="Hvilket nummer ringer man til?", required=False, max_length=300, help_text="Fx 12 34 56 78."
    )
    phone_hours = forms.CharField(
        label="Hvornår tager I telefonen?",
        required=False,
        help_text="Fx “man-tor 9-15, fre 9-12” eller “døgnåbent”.",
    )
    email = forms.CharField(label="Hvilken mailadresse skriver man til?", required=False, max_length=300)
    has_consent = forms.BooleanField(
        label="Personen har sagt ja",
        required=False,
        help_text="Kun når nummeret eller adressen er en persons egen: hun ved, at den står her.",
    )
    visit_hours = forms.CharField(
        label="Hvornår kan man komme?", required=False, help_text="Fx “tir 16-18.30, lør 10-13”."
    )
    url = forms.URLField(
        label="Hvilken hjemmeside kan man læse mere på?", required=False, assume_scheme="https"
    )
    venues_ord = words_field()
    found = ("venues",)

    class Meta:
        model = Offer
        fields = ["url", "venues", "starts_note"]
        widgets = {"venues": MANY}
        labels = {
            "venues": "Hvor foregår det?",
            "starts_note": "Begynder det på en bestemt dag?",
        }
        help_texts = {"venues": NO_VENUE, "starts_note": "Fx “Nyt hold hver september”."}

    field_order = ["phone", "phone_hours", "email", "has_consent", "url", "venues", "visit_hours"]

    def __init__(self, *args, **kwargs):
        """Show the first number and the first address, and the hours as people write them."""
        super().__init__(*args, **kwargs)
        offer = self.instance
        contacts = list(offer.contact_points.in_order()) if offer.pk else []
        self.contacts = {
            kind: next((one for one in contacts if one.kind == kind), None) for kind in self.NUMBER
        }
        for kind, contact in self.contacts.items():
            self.initial[self.NUMBER[kind]] = contact.value if contact else ""
        self.initial["has_consent"] = any(one.has_consent for one in self.contacts.values() if one)
        self.names = Names()
        self.hours: dict[str, Any] = {}
        for name, column in self._columns().items():
            self.hours[name] = column.stored([offer.pk])[offer.pk] if offer.pk else []
            self.initial[name] = column.said(self.hours[name], self.names)

    def clean(self):
        """Ask the rules about contacts and hours, and say at its own field what is wrong."""
        cleaned: dict[str, Any] = super().clean() or {}
        for kind, name in self.NUMBER.items():
            self._clean_contact(kind, name, cleaned)
        for name, column in self._columns().items():
            if name in self.refused or name not in cleaned:
                continue
            try:
                cleaned[name] = column.read(cleaned[name], self.names)
            except CellError as error:
                self.add_error(name, str(error))
        return cleaned

    def store(self):
        """Store what differs of the contacts and the hours, too."""
        super().store()
        for kind, name in self.NUMBER.items():
            contact, value = self.contacts[kind], self.cleaned_data[name]
            if contact and not value:
                contact.delete()
            elif value:
                self._contact(kind, value).save()
        for name, column in self._columns().items():
            if not column.same(self.hours[name], self.cleaned_data[name]):
                column.store({self.instance.pk: self.cleaned_data[name]})

    def _columns(self) -> dict[str, HoursColumn]:
        """Return what reads and writes each of the fields of hours."""
        columns: dict[str, Any] = {name: OFFERS.column(column) for name, column in self.HOURS.items()}
        return columns

    def _contact(self, kind: str, value: str) -> ContactPoint:
        """Return the contact as it is to be; a number that stays keeps what else is said of it."""
        contact = self.contacts[kind] or ContactPoint(offer=self.instance, kind=kind)
        contact.value, contact.has_consent = value, self.cleaned_data.get("has_consent", False)
        return contact

    def _clean_contact(self, kind: str, name: str, cleaned: dict[str, Any]) -> None:
        """Ask the rules about one number or address."""
        if name in self.refused or not cleaned.get(name):
            return
        try:
            self._contact(kind, cleaned[name]).full_clean()
        except ValidationError as error:
            for where, texts in error.message_dict.items():
                self.add_error(where if where == "has_consent" else name, texts)


class TermsForm(GuideForm):
    """What it takes: money, a referral, a name."""

    apply_url = forms.URLField(
        label="Hvor melder man sig til på nettet?", required=False, assume_scheme="https"
    )

    class Meta:
        model = Offer
        fields = ["cost", "cost_note", "way_in", "way_in_note", "apply_url", "anonymous"]
        widgets = {
            "cost": forms.RadioSelect,
            "way_in": forms.RadioSelect,
            "anonymous": forms.RadioSelect,
            "way_in_note": forms.Textarea({"rows": 4}),
        }
        labels = {
            "cost": "Hvad koster det?",
            "cost_note": "Er der mere at sige om prisen?",
            "way_in": "Skal man henvises, eller kan man selv komme?",
            "way_in_note": "Sådan får du hjælpen",
            "anonymous": "Kan man være anonym?",
        }
        help_texts = {"way_in_note": "Et skridt på hver linje. Skriv til den, der skal have hjælpen."}


class TextForm(GuideForm):
    """What it is, in plain words."""

    class Meta:
        model = Offer
        fields = ["summary", "easy_text", "description"]
        widgets = {
            "summary": forms.Textarea({"rows": 3}),
            "easy_text": forms.Textarea({"rows": 4}),
            "description": forms.Textarea({"rows": 8}),
        }
        labels = {
            "summary": "Hvad er det, i to linjer?",
            "easy_text": "Kan det siges endnu lettere?",
            "description": "Hvad mere er godt at vide?",
        }
        help_texts = {
            "summary": "Skriv, som du ville sige det. Korte sætninger. Teksten vises i listen.",
            "easy_text": "Få og korte sætninger, én på hver linje. Står først på siden.",
            "description": "Fx hvad der sker den første gang, og hvem man møder.",
        }


@dataclass(frozen=True)
class Step:
    """One page: its name in the address, its question, its form, and what it writes besides its fields."""

    name: str
    question: str
    form: type[GuideForm]
    parts: tuple[str, ...] = ()
    # The gaps of `offers.quality` that are filled here.
    gaps: tuple[str, ...] = ()

    @property
    def writes(self) -> set[str]:
        """The fields and relations of an offer that the page writes."""
        meta: Any = self.form.Meta  # type: ignore[attr-defined]
        return {*meta.fields, *self.parts}


STEPS = (
    Step("hvem", "Hvem er det for?", WhoForm, gaps=("whom",)),
    Step("hjaelp", "Hvad hjælper det med?", HelpForm, gaps=("need",)),
    Step(
        "kontakt",
        "Hvordan får man det?",
        ReachForm,
        parts=("contact_points", "opening_hours"),
        gaps=("contact", "hours"),
    ),
    Step("vilkaar", "Hvad koster det, og hvad kræver det?", TermsForm, gaps=("way_in", "price")),
    Step("tekst", "Fortæl det kort", TextForm, gaps=("plain",)),
)
