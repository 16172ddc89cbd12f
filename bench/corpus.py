"""Make a directory of any size: the same one each time, spread over the country as a real one would be.

Each offer takes its subject (title, summary, needs, groups, ages) from one of the offers of the house or of
the test data, and its text from there and from a neighbour, with words of the dictionary strewn in by
Zipf's law, so that the number of different words grows with the number of offers.
"""

import random
import re
import sys
from datetime import time
from itertools import accumulate
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).resolve().parent.parent
SEED = 20_261_122
AT_A_TIME = 1000
WORDS_STREWN = 20
NATIONAL_SHARE, HOURS_SHARE = 0.12, 0.5
MANY = ("needs", "target_groups", "formats")


def main(size: int) -> None:
    """Fill an empty database with the data of the house and with `size` offers in all."""
    from django.core.management import call_command
    from django.db import transaction

    from directory.fixtures import load
    from offers.models import Offer

    call_command("migrate", verbosity=0)
    load([*sorted((ROOT / "fixtures").glob("*.yaml")), ROOT / "tests/relevance/invented-offers.yaml"])
    maker = Maker()
    wanted = max(0, size - Offer.objects.published().count())
    for first in range(0, wanted, AT_A_TIME):
        with transaction.atomic():
            maker.make(range(first, min(first + AT_A_TIME, wanted)))


class Maker:
    """Makes offers out of those that are there."""

    def __init__(self) -> None:
        """Read what there is."""
        from offers.models import Municipality, Offer
        from offers.search.lexicon import words

        self.random = random.Random(SEED)  # noqa: S311 (seeded on purpose: figures of two commits compare only over the same offers; it chooses sample texts, and no key, password or token comes of it)
        self.seeds = list(Offer.objects.published().prefetch_related(*MANY).order_by("slug"))
        self.places = list(Municipality.objects.order_by("code"))
        self.words = sorted(words())
        self.random.shuffle(self.words)
        self.heaviness = list(accumulate(1 / rank for rank in range(1, len(self.words) + 1)))

    def make(self, numbers: range) -> None:
        """Store one offer for each number, with its links and hours."""
        from offers.models import Offer, OpeningHours

        seeds = [self.random.choice(self.seeds) for _ in numbers]
        offers = [self._offer(number, seed) for number, seed in zip(numbers, seeds, strict=True)]
        Offer.objects.bulk_create(offers)
        links: dict[str, list[Any]] = {name: [] for name in (*MANY, "municipalities")}
        hours = []
        for offer, seed in zip(offers, seeds, strict=True):
            for name in MANY:
                links[name] += [(offer.pk, other.pk) for other in getattr(seed, name).all()]
            if self.random.random() >= NATIONAL_SHARE:
                links["municipalities"].append((offer.pk, self.random.choice(self.places).pk))
            if self.random.random() < HOURS_SHARE:
                opens = time(self.random.randrange(7, 16))
                hours += [
                    OpeningHours(offer=offer, weekday=day, opens=opens, closes=time(17)) for day in range(5)
                ]
        for name, pairs in links.items():
            field: Any = Offer._meta.get_field(name)
            through, columns = (
                field.remote_field.through,
                (field.m2m_column_name(), field.m2m_reverse_name()),
            )
            through.objects.bulk_create(through(**dict(zip(columns, pair, strict=True))) for pair in pairs)
        OpeningHours.objects.bulk_create(hours)

    def _offer(self, number: int, seed: Any) -> Any:
        """Return one offer, not yet stored."""
        from offers.models import Offer

        other = self.random.choice(self.seeds)
        place = self.random.choice(self.places).name
        strewn = self.random.choices(self.words, cum_weights=self.heaviness, k=WORDS_STREWN)
        shift = self.random.choice((0, 0, 0, 1, 2))
        texts = [*sentences(seed.description)[:2], *sentences(other.description)[:1], " ".join(strewn)]
        return Offer(
            slug=f"bench-{number}",
            code=f"b{number}",
            title=f"{seed.title[:80]} {place} {number % 90}",
            summary=seed.summary,
            description="\n\n".join(texts),
            keywords=seed.keywords,
            organisation_id=seed.organisation_id,
            min_age=seed.min_age if seed.min_age is None else min(seed.min_age + shift, seed.max_age or 99),
            max_age=seed.max_age,
            way_in=seed.way_in,
            cost=seed.cost,
            anonymous=seed.anonymous,
            status=Offer.Status.PUBLISHED,
        )


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return re.findall(r"[^.!?]+[.!?]", text) or [text]


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")
    django.setup()
    main(int(sys.argv[1]))
