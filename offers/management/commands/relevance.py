"""Print how well judged queries are answered, by kind."""

from pathlib import Path
from urllib.parse import urlencode

import yaml
from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict

from offers.filters import OfferFilter
from offers.models import Offer
from offers.search.relevance import Judged, by_kind, ndcg


def judged_queries(path: Path) -> list[Judged]:
    """Return the judged queries of a file; raises CommandError when it cannot be read."""
    try:
        return [Judged(**row) for row in yaml.safe_load(path.read_text(encoding="utf-8"))]
    except (OSError, TypeError, yaml.YAMLError) as error:
        raise CommandError(f"{path} kan ikke læses som bedømte søgninger: {error}") from error


def found_by(query: str) -> list[str]:
    """Return the slugs that the page of results would show for `query`, best first."""
    keys = OfferFilter.of(QueryDict(urlencode({"q": query}))).answer.keys
    slugs = dict(Offer.objects.values_list("pk", "slug"))
    return [slugs[key] for key in keys]


class Command(BaseCommand):
    """Answers each query as the page does, and compares with the grades."""

    help = "Viser, hvor godt bedømte søgninger besvares."

    def add_arguments(self, parser):
        """Take the file of judged queries, and whether the worst are listed."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--worst", type=int, default=0, help="Vis så mange af de dårligste.")
        parser.add_argument("--half", help="Kun den ene halvdel: tune eller blind.")

    def handle(self, *args, **options):
        """Print the table, and the worst queries when they are asked for."""
        queries = judged_queries(options["file"])
        queries = [query for query in queries if options["half"] in (None, query.half)]
        rows = [(query, found_by(query.query)) for query in queries]
        self.stdout.write(f"{'slags':<12}{'del':<8}{'antal':>6}{'nDCG@10':>10}{'recall':>8}{'intet':>7}")
        for (kind, half), row in by_kind(rows).items():
            self.stdout.write(
                f"{kind:<12}{half:<8}{row.queries:>6}{row.ndcg:>10.3f}{row.recall:>8.3f}{row.nothing:>7}"
            )
        rows.sort(key=lambda row: ndcg(row[1], row[0].answers))
        for query, found in rows[: options["worst"]]:
            score = ndcg(found, query.answers)
            self.stdout.write(f"\n{score:.2f} {query.kind}: {query.query}\n  ventet: {dict(query.answers)}")
            self.stdout.write(f"  fundet: {found[:6]}")
