"""Run in `manage.py shell`: write two rows in each transaction, until a file says stop."""

import itertools
import os
from datetime import date
from pathlib import Path

from django.db import transaction

from offers.models import SearchMiss

stop, begun = Path(os.environ["STOP"]), Path(os.environ["BEGUN"])
for number in itertools.count():
    with transaction.atomic():
        for kind in SearchMiss.Kind.values[:2]:
            SearchMiss.objects.create(words=f"prøve-{number:06}", day=date(2026, 1, 1), kind=kind, count=1)
    begun.touch()
    if stop.exists() or number > 20_000:
        break
