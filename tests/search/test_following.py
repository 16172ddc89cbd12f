"""The index follows the rows through its file: shared, healed when damaged, and not needed."""

import threading
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from offers.models import ContactPoint, Municipality, Need, Offer
from offers.search import current, following, store
from offers.search.around import RELATIONS
from offers.search.following import Follower
from offers.search.question import Question, answer
from offers.search.source import ROWS_OF_OFFERS, OfferSource
from tests.test_offer_list import make_offer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Give each test a folder of its own."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"


class CountingSource(OfferSource):
    """The offers, and how many documents were read of them."""

    def __init__(self):
        super().__init__()
        self.read = 0

    def documents(self, analyser, keys):
        keys = list(keys)
        self.read += len(keys)
        return super().documents(analyser, keys)


def follower():
    """Return a follower that has seen nothing yet, as in another process."""
    return Follower(CountingSource())


def slugs(one, words):
    keys = answer(one.reader(), Question(words=words), timezone.localtime()).keys
    return [Offer.objects.get(pk=key).slug for key in keys]


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_only_what_changed_is_read_again():
    one = follower()
    total = len(one.reader().index)
    assert one.source.read == total
    make_offer("proeve", title="Kvalmehjælp")
    assert slugs(one, "kvalmehjælp")[0] == "proeve"
    assert one.source.read == total + 1
    need = Need.objects.get(slug="vold")
    Need.objects.filter(pk=need.pk).update(name="Rabalder")
    one.reader()
    assert one.source.read == total + 1 + Offer.objects.published().filter(needs=need).count()


def test_a_second_process_has_nothing_to_read():
    follower().reader()
    second = follower()
    assert len(second.reader().index) == Offer.objects.published().count()
    assert second.source.read == 0


@pytest.mark.parametrize("damage", [b"", b"no index at all", None])
def test_a_damaged_or_missing_file_heals(damage):
    first = follower()
    expected = slugs(first, "alkohol")
    whole = first.path.read_bytes()
    first.path.unlink()
    if damage is not None:
        first.path.write_bytes(damage or whole[:-400] + b"x" * 400)
    second = follower()
    assert slugs(second, "alkohol") == expected
    assert second.source.read == len(second.reader().index)
    assert store.read(second.path).index.keys.tolist() == first.reader().index.keys.tolist()


def test_without_a_folder_to_write_each_process_works_for_itself(settings, tmp_path):
    (tmp_path / "a-file").write_text("in the way")
    settings.SEARCH_INDEX_DIR = tmp_path / "a-file"
    assert slugs(follower(), "alkohol")
    with pytest.raises(CommandError, match="SEARCH_INDEX_DIR"):
        call_command("index")


def test_searches_that_meet_do_not_wait_for_each_other(monkeypatch):
    one = follower()
    reader = one.reader()
    make_offer("proeve", title="Kvalmehjælp")
    with one._lock:  # somebody is looking
        assert one.reader() is reader
    assert one.reader() is not reader


def test_what_a_source_remembers_makes_no_difference():
    old, insp = OfferSource(), Offer.objects.get(slug="insp")
    changes = [
        lambda: None,
        lambda: Offer.objects.filter(pk=insp.pk).update(title="Zebrahjælp"),
        lambda: insp.needs.remove(insp.needs.first()),
        lambda: Need.objects.filter(slug="ensom").update(name="Alene"),
        lambda: ContactPoint.objects.filter(offer=insp).update(value="12 34 56 78"),
        lambda: ContactPoint.objects.filter(offer=insp).delete(),
        lambda: insp.municipalities.set(Municipality.objects.all()[:2]),
        lambda: Offer.objects.filter(slug="spottet").delete(),
    ]
    for change in changes:
        change()
        remembered, anew = old.listing(), OfferSource().listing()
        assert remembered.keys.tolist() == anew.keys.tolist()
        assert remembered.signatures.tolist() == anew.signatures.tolist()
        assert remembered.orders == anew.orders


def test_tables_that_are_as_they_were_are_not_listed_again():
    source = OfferSource()
    with CaptureQueriesContext(connection) as first:
        source.listing()
    with CaptureQueriesContext(connection) as second:
        source.listing()
    Offer.objects.get(slug="insp").needs.clear()
    with CaptureQueriesContext(connection) as third:
        source.listing()
    tables = len(RELATIONS) + 1 + len(ROWS_OF_OFFERS)  # the links, venues among them, and the rows
    assert len(second) == len(first) - tables
    assert len(third) == len(second) + 1


def test_nobody_is_served_what_was_looked_at_long_ago(monkeypatch):
    monkeypatch.setattr(following, "OLDEST", 0.0)
    monkeypatch.setattr(following, "INLINE", 0)
    one = follower()
    one.reader()
    make_offer("proeve", title="Kvalmehjælp")
    assert slugs(one, "kvalmehjælp")[0] == "proeve"


def test_a_large_index_is_renewed_beside_the_searches(monkeypatch):
    """The thread has a connection of its own, which cannot see what this test has not committed."""
    one = follower()
    reader = one.reader()
    monkeypatch.setattr(following, "INLINE", 0)
    renewed = threading.Event()
    monkeypatch.setattr(one, "_looked", renewed.set)
    assert one.reader() is reader
    assert renewed.wait(10)
    for _ in range(100):
        if not one._lock.locked():
            break
        time.sleep(0.05)
    assert not one._lock.locked()


def test_check_says_that_all_is_well(capsys):
    current.reader()
    call_command("index", "--check")
    told = capsys.readouterr().out
    assert "indekset passede" in told
    assert "rettet" not in told


def test_check_mends_what_sql_changed_behind_the_products_back(capsys):
    one = follower()
    one.reader()
    sql("UPDATE offers_offer SET title = %s WHERE slug = %s", "Zebrahjælp", "insp")
    sql("UPDATE offers_offer SET max_age = 19 WHERE slug = %s", "spottet")
    spottet = Offer.objects.get(slug="spottet").pk
    twenty = Question(age=20)
    assert spottet in answer(one.reader(), twenty, timezone.localtime()).keys
    call_command("index", "--check")
    told = capsys.readouterr().out
    assert "tilbud: forældede ord i 1, som nu er rettet" in told
    assert "1 var ikke som i databasen og er rettet" in told
    assert slugs(one, "zebrahjælp")[0] == "insp"
    assert spottet not in answer(one.reader(), twenty, timezone.localtime()).keys


def test_check_tells_of_a_damaged_file(capsys):
    follower().reader()
    follower().path.write_bytes(b"rubbish")
    call_command("index", "--check")
    assert "filen var beskadiget og er lavet igen" in capsys.readouterr().out
