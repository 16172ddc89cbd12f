"""What one may ask of the list of offers, under the names that stand in its address."""

from django_filters import ChoiceFilter

from offers.filtering import KnownChoicesFilter, ListFilter, WholeNumberFilter, WordsFilter
from offers.models import Format, Municipality, Need, Offer, TargetGroup
from offers.models.offer import OLDEST_AGE

ORDERS = {"navn": "in_order", "kontrolleret": "recently_verified"}


class OfferFilter(ListFilter):
    """Values of one filter widen the answer (or), filters together narrow it (and)."""

    q = WordsFilter(method="by_words", label="Hvad har du brug for hjælp til?")
    alder = WholeNumberFilter(
        low=0,
        high=OLDEST_AGE,
        sentence=f"Skriv alderen som et helt tal fra 0 til {OLDEST_AGE}.",
        method="by_age",
        label="Alder",
    )
    kommune = KnownChoicesFilter(method="by_municipality", label="Kommune")
    behov = KnownChoicesFilter(method="by_need", label="Behov")
    maalgruppe = KnownChoicesFilter(method="by_target_group", label="For hvem")
    form = KnownChoicesFilter(method="by_format", label="Form")
    adgang = KnownChoicesFilter(field_name="way_in", choices=Offer.WayIn, distinct=False, label="Vej ind")
    anonym = KnownChoicesFilter(
        field_name="anonymous", choices=Offer.Anonymous, distinct=False, label="Anonymt"
    )
    pris = KnownChoicesFilter(field_name="cost", choices=Offer.Cost, distinct=False, label="Pris")
    sorter = ChoiceFilter(
        method="in_order",
        choices=[("navn", "Navn"), ("kontrolleret", "Senest kontrolleret")],
        empty_label=None,
        label="Rækkefølge",
        error_messages={"invalid_choice": "Den rækkefølge findes ikke. Listen står efter navn."},
    )

    class Meta:
        model = Offer
        fields: list[str] = []

    def choices(self):
        """Return the vocabularies, each read once."""
        return {
            "kommune": Municipality.objects.values_list("code", "name"),
            "behov": [(need.slug, need.name) for need in Need.objects.for_choices()],
            "maalgruppe": TargetGroup.objects.in_order().values_list("slug", "name"),
            "form": Format.objects.in_order().values_list("slug", "name"),
        }

    def by_words(self, offers, name, words):
        """Keep the offers in which every word stands."""
        return offers.matching(words)

    def by_age(self, offers, name, age):
        """Keep the offers open to that age."""
        return offers.for_age(age)

    def by_municipality(self, offers, name, codes):
        """Keep the offers for people who live there, nationwide ones included."""
        return offers.covering_municipality(codes)

    def by_need(self, offers, name, slugs):
        """Keep the offers that answer one of the needs."""
        return offers.answering(slugs)

    def by_target_group(self, offers, name, slugs):
        """Keep the offers for one of the groups."""
        return offers.linked_to("target_groups", slugs)

    def by_format(self, offers, name, slugs):
        """Keep the offers in one of the formats."""
        return offers.linked_to("formats", slugs)

    def in_order(self, offers, name, order):
        """Put the offers in the order asked for."""
        return getattr(offers, ORDERS[order])()
