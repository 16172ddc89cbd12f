"""What runs beside the site, once a day: `manage.py worker` does it, from cron or a timer."""

from datetime import datetime, time

from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from offers.exchange.runs import carry_on
from offers.freshness import reminders
from offers.links.checking import check, looker
from offers.tidying import tidy


@task()
def check_links() -> dict[str, int]:
    """Look at the addresses whose turn it is; return how many ended in each state."""
    return check(looker())


@task()
def tidy_up() -> int:
    """Delete what has been kept long enough; return how many rows."""
    return tidy(timezone.localdate())


@task()
def carry_on_import(run: int) -> None:
    """Do the step that an import of many rows waits for."""
    carry_on(run)


@task()
def ask_owners() -> int:
    """Ask the owners of offers that are due whether they are still right; return how many mails went."""
    return reminders.send(reminders.to_ask(timezone.localdate()))


DAILY = (tidy_up, check_links, ask_owners)


def enqueue_daily() -> list[str]:
    """Put in the queue what is done every day and has not been put there today; return the names."""
    day = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    there = DBTaskResult.objects.filter(enqueued_at__gte=day).values_list("task_path", flat=True)
    missing = [one for one in DAILY if one.module_path not in set(there)]
    for one in missing:
        one.enqueue()
    return [one.name for one in missing]
