"""Somebody who edits: reads a number from each line of standard input, and writes it into an offer's title.

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

    offer = Offer.objects.published().order_by("pk")[0]
    print(offer.slug, flush=True)
    for line in sys.stdin:
        offer.title = f"Trefork {line.strip()}"
        offer.save()
        print("saved", flush=True)


main()
