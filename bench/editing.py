"""Somebody who edits: reads a word from each line of standard input, and writes it into an offer's title.

    python -m bench.editing

Prints a line when it is saved. Used by `bench.cluster`.
"""

import os
import sys

import django


def main() -> None:
    """Save as long as somebody asks."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")
    django.setup()
    from offers.models import Offer

    # No number for those who cannot wait: these stand on every page without hits, straight from the rows,
    # so a search would show the new title before it has found it.
    published = Offer.objects.published()
    offer = published.exclude(pk__in=published.acute().values("pk")).order_by("pk")[0]
    print(offer.slug, flush=True)
    for line in sys.stdin:
        offer.title = f"Trefork {line.strip()}"
        offer.save()
        print("saved", flush=True)


main()
