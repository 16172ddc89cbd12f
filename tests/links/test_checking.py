"""A run over all addresses: what it takes on, what it writes down, and what it leaves alone."""

import os
import subprocess
import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import models
from django.utils import timezone

from offers.links.checking import check, looker, user_agent
from offers.links.guard import Guard
from offers.links.looking import Looker, Patience
from offers.links.uses import addresses, replace, uses_of
from offers.models import LinkCheck, Offer, Organisation
from offers.tasks import enqueue_daily
from policies.models import Committee
from tests.conftest import ROOT
from tests.desks import OUR_MODELS
from tests.links import servers
from tests.links.servers import site, status, to

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
START = datetime(2026, 11, 2, 3, tzinfo=ZoneInfo("Europe/Copenhagen"))
NO_PAUSE = Patience(answer=1, look=3, pause=0)


@pytest.fixture(autouse=True)
def few_links(settings):
    """Let only one field count, and be empty: no test may ask the addresses of the real data."""
    settings.LINK_FIELDS = [("offers.Organisation", "url", ["name"], {})]
    Organisation.objects.update(url="")


def link(url, number=0):
    organisation = Organisation.objects.order_by("pk")[number]
    Organisation.objects.filter(pk=organisation.pk).update(url=url)
    return organisation


def run(server, most=100, at=None):
    own = Looker(Guard(lambda _: ["127.0.0.1"], frozenset([server.port])), user_agent(), NO_PAUSE)
    return check(own, most, at)


def test_every_address_of_our_models_is_looked_after():
    from directory.background import LINK_FIELDS

    named = {(model.lower(), field) for model, field, _, _ in LINK_FIELDS}
    ours = {
        (model._meta.label_lower, field.name)
        for model in OUR_MODELS
        for field in model._meta.fields
        if isinstance(field, models.URLField) and model is not LinkCheck
    }
    assert named == ours | {("offers.contactpoint", "value")}


def test_each_address_is_known_once_and_forgotten_when_it_stands_nowhere(settings):
    from directory.background import LINK_FIELDS

    settings.LINK_FIELDS = LINK_FIELDS
    link("https://example.org/a")
    link("https://example.org/a", 1)
    assert "https://example.org/a" in addresses()
    uses = uses_of(["https://example.org/a"])["https://example.org/a"]
    assert [use.field.label for use in uses] == ["organisation, hjemmeside"] * 2
    archived = Offer.objects.exclude(url="").first()
    Offer.objects.filter(pk=archived.pk).update(url="https://example.org/b", status=Offer.Status.ARCHIVED)
    assert "https://example.org/b" not in addresses()
    committee = Committee.objects.filter(links__isnull=False).first()
    address = committee.links.first().url
    assert (committee.name, "link, adresse") in {
        (use.name, use.field.label) for use in uses_of([address])[address]
    }


def test_a_run_writes_what_it_found_and_what_comes_next():
    with site({"/gone": status(404), "/old": to("/new"), "/closed": status(403)}) as server:
        for number, path in enumerate(("fine", "gone", "old", "closed")):
            link(f"{server.at}/{path}", number)
        LinkCheck.objects.create(url="https://unused.example/")
        assert run(server) == {"svarer": 2, "fejler": 1, "usikker": 1}
        assert run(server) == {}
    rows = {row.url.rpartition("/")[2]: row for row in LinkCheck.objects.all()}
    assert set(rows) == {"fine", "gone", "old", "closed"}
    assert rows["old"].redirected_to == f"{server.at}/new"
    assert rows["gone"].error == "Siden findes ikke (svar 404)."
    assert rows["gone"].status_code == 404
    assert rows["gone"].next_at - rows["gone"].checked_at == DAY
    assert rows["fine"].next_at - rows["fine"].checked_at == 7 * DAY


def test_an_address_is_dead_after_days_and_alive_at_once():
    with site({"/": status(500)}) as server:
        link(f"{server.at}/")
        for days, state in ((0, "fejler"), (1.1, "fejler"), (2.2, "fejler"), (3.3, "doed")):
            assert run(server, at=START + days * DAY) == {state: 1}
        [dead] = LinkCheck.objects.to_mend(START.date())
        assert (dead.failures, dead.failing_since) == (4, START)
        server.routes["/"] = servers.ok
        assert run(server, at=START + 11 * DAY) == {"svarer": 1}
    assert not LinkCheck.objects.to_mend(START.date()).exists()


def test_a_host_that_asks_us_to_wait_is_left_alone_with_all_its_addresses():
    with site({"/0": status(429, Retry_After="3600")}) as server:
        for number in range(3):
            link(f"{server.at}/{number}", number)
        run(server)
        assert [one[1] for one in server.asked] == ["/0"]
    assert not LinkCheck.objects.filter(next_at__lt=timezone.now() + timedelta(minutes=50)).exists()
    assert not LinkCheck.objects.failing().exists()


def test_when_nobody_can_be_reached_it_is_our_own_line():
    port = servers.free_port()
    for number in range(6):
        link(f"http://host{number}.example:{port}/", number)
    own = Looker(Guard(lambda _: ["127.0.0.1"], frozenset([port])), user_agent(), NO_PAUSE)
    assert check(own) == {}
    assert not LinkCheck.objects.exclude(state="ny").exists()
    assert check(own) == {}  # and they are still due


def test_one_run_takes_on_only_so_many_and_the_next_goes_on():
    with site() as server:
        for number in range(3):
            link(f"{server.at}/{number}", number)
        assert [run(server, 2), run(server, 2), run(server, 2)] == [{"svarer": 2}, {"svarer": 1}, {}]


def test_hosts_are_looked_at_side_by_side():
    """Six hosts, each half a second slow, take far less than three seconds."""
    with site({"/": servers.late}) as server:
        for number in range(6):
            link(f"http://host{number}.example:{server.port}/", number)
        assert run(server) == {"svarer": 6}
    times = sorted(one[3] for one in server.asked)
    assert times[-1] - times[0] < 0.5


def test_an_address_of_our_own_net_is_refused_in_a_run():
    link("http://169.254.169.254/latest/meta-data/")
    link("http://127.0.0.1/", 1)
    assert check(looker(NO_PAUSE)) == {"fejler": 2}
    assert set(LinkCheck.objects.values_list("error", flat=True)) == {
        "Adressen fører til et internt net. Det ser vi ikke på."
    }


def test_a_new_address_is_written_everywhere_or_nowhere():
    organisations = [link("https://gammel.example/", number) for number in range(2)]
    old = "https://gammel.example/"
    uses = uses_of([old])[old]
    with pytest.raises(ValidationError, match=uses[0].name):
        replace(uses, old, "ikke en adresse")
    with pytest.raises(ValidationError, match="200"):
        replace(uses, old, f"https://example.org/{'a' * 200}")
    assert len(uses_of([old])[old]) == 2
    Organisation.objects.filter(pk=organisations[0].pk).update(url="https://anden.example/")
    assert [row.pk for row in replace(uses, old, "https://ny.example/")] == [organisations[1].pk]
    assert uses_of([old]) == {}


def test_each_task_of_the_day_is_put_in_the_queue_once():
    assert enqueue_daily() == ["tidy_up", "check_links", "ask_owners"]
    assert enqueue_daily() == []


def test_the_command_says_how_it_stands(capsys, settings):
    with site() as server:
        settings.LINK_LOOPBACK_PORTS = frozenset([server.port])
        link(f"{server.at}/")
        for _ in range(2):
            call_command("check_links", all=True)
        assert len(server.asked) == 2
        agent = server.asked[0][2]["User-Agent"]
    assert capsys.readouterr().out == "Kontrolleret 1 adresser. svarer: 1\n" * 2
    assert agent == f"Vejviser-linkkontrol (+{settings.BASE_URL}/om/)"


WORKER = """
import django
from django.conf import settings
django.setup()
from django.core.management import call_command
from offers.models import LinkCheck, Organisation
settings.LINK_LOOPBACK_PORTS = frozenset([NUMBER])
call_command("migrate", verbosity=0)
Organisation.objects.create(slug="x", name="X", kind="privat", url="http://127.0.0.1:NUMBER/")
for _ in range(2):
    call_command("worker", verbosity=0)
    print(LinkCheck.objects.get().state)
    LinkCheck.objects.update(next_at=None)
"""


def test_the_worker_does_what_is_due_today_once(tmp_path):
    env = {
        "PATH": os.environ["PATH"],
        "DEBUG": "true",
        "SECRET_KEY": "checking" * 10,
        "DJANGO_SETTINGS_MODULE": "directory.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
    }
    with site() as server:
        command = [sys.executable, "-c", WORKER.replace("NUMBER", str(server.port))]
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
        assert len(server.asked) == 1
    assert done.stdout == "svarer\nsvarer\n"
