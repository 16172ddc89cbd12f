"""Say how a search was read, what it found, and why an offer stands where it stands."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.formats import number_format

from offers.filters import OfferFilter
from offers.models import Offer
from offers.search import current
from offers.search.explain import ConceptShare, Explainer, Explanation
from offers.trial import data_of

SHOWN = 10


def number(value: float, decimals: int = 2) -> str:
    """Return a number as Danes write it, rounded; Django's own function cuts."""
    return number_format(round(value, decimals), decimals)


class Command(BaseCommand):
    """Asks as the page does, and prints the scorer's own numbers."""

    help = "Viser, hvordan en søgning forstås, og hvorfor et tilbud står, hvor det står."

    def add_arguments(self, parser):
        """Take the search, and perhaps the offer to explain."""
        parser.add_argument("query", help="Det, der skrives i søgefeltet.")
        parser.add_argument("slug", nargs="?", help="Et tilbuds adresse: vis, hvordan dets plads blev til.")

    def handle(self, *args, query, slug=None, **options):
        """Print the reading, the first answers, and the numbers of one offer when it is named."""
        found = OfferFilter.of(data_of(query))
        explainer = Explainer(current.reader(), found.question, timezone.localtime())
        explanation = self._explanation(explainer, slug) if slug else None
        self._reading(found, explainer)
        self._answers(explainer)
        if explanation:
            self._offer(slug, explanation)

    def _explanation(self, explainer: Explainer, slug: str) -> Explanation:
        """Return why the offer `slug` stands where it stands; raises CommandError when it cannot stand."""
        offer = Offer.objects.filter(slug=slug).first()
        if offer is None:
            raise CommandError(f"Intet tilbud har adressen “{slug}”.")
        try:
            return explainer.explain(offer.pk)
        except KeyError:
            status = offer.get_status_display()
            raise CommandError(
                f"“{slug}” kan ikke findes: det er ikke offentligt, men “{status}”."
            ) from None

    def _reading(self, found: OfferFilter, explainer: Explainer) -> None:
        """Print what became filters, what was mended, and the concepts with their terms."""
        understanding = explainer.answer.understanding
        self.stdout.write(f"Søgning: {found.box.text}")
        for one in found.box.taken:
            self.stdout.write(f"  filter: {one.label} ({one.name}={', '.join(one.values)})")
        for wrong, right in understanding.corrected.items():
            self.stdout.write(f"  rettet: {wrong} → {right}")
        if not understanding.asked:
            self.stdout.write("  ingen ord at søge efter")
        for share in explainer.concepts:
            self.stdout.write(self._concept(share))
            for term in share.terms:
                self.stdout.write(
                    f"    {term.term:<40} sikkerhed {number(term.certainty, 2)}"
                    f"  idf {number(term.idf, 2)}  i {term.df} tilbud"
                )

    def _concept(self, share: ConceptShare) -> str:
        """Return the line above a concept's terms."""
        concept = share.concept
        weight = f", tæller {number(concept.weight, 2)}" if concept.weight != 1 else ""
        return f"  “{' '.join(concept.words)}”: {concept.how}{weight}"

    def _answers(self, explainer: Explainer) -> None:
        """Print how many answers there are, and the first with their scores."""
        keys = explainer.answer.keys
        offers = Offer.objects.in_bulk(keys[:SHOWN])
        self.stdout.write(f"\nSvar: {len(keys)}")
        for place, key in enumerate(keys[:SHOWN], start=1):
            score = number(explainer.explain(key).score, 2)
            self.stdout.write(f"{place:>4} {score:>10}  {offers[key].title} ({offers[key].slug})")

    def _offer(self, slug: str, why: Explanation) -> None:
        """Print the table of one offer: what each term adds, and what is made of the sum."""
        self.stdout.write(f"\n{slug}: sikkerhed × idf × vægt^1½ = bidrag")
        for share in why.concepts:
            self.stdout.write(self._concept(share))
            for term in filter(lambda term: term.added, share.terms):
                self.stdout.write(
                    f"    {term.term:<40} {number(term.certainty, 2)} × {number(term.idf, 2)}"
                    f" × {number(term.weight, 2)}^1½ = {number(term.added, 2)}"
                )
            self.stdout.write(f"    {'i alt':<40} {number(share.added, 2)}")
        self.stdout.write(
            f"  mødt {number(why.met, 2)} af {number(why.asked, 2)}: "
            f"× {number(why.share, 3)} + {number(why.feedback, 2)} for behov = {number(why.whole, 2)}"
            f" (mindst {number(why.least, 2)})"
        )
        for name, factor in why.boosts.items():
            self.stdout.write(f"  {name}: × {number(factor, 2)}")
        self.stdout.write(f"  score {number(why.score, 2)}")
        self.stdout.write(f"  plads {why.rank}" if why.rank else "  er ikke blandt svarene:")
        for sentence in why.refusals:
            self.stdout.write(f"    {sentence}")
