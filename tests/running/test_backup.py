"""`manage.py backup` and `restore`: one moment, one file, checked, and the same answers afterwards."""

import json
import os
import resource
import stat
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, models

from directory.backup.archive import MANIFEST, copies, differing, prune, workshop
from offers.models import Offer
from tests.conftest import ROOT
from tests.running.commands import manage

FOLDER = Path(__file__).parent
EXPORT, WRITING = ((FOLDER / name).read_text() for name in ("export.py", "writing.py"))


def exported(url, folder):
    """Return what the public and the API get of a database."""
    result = manage(url, "shell", "-v", "0", "-c", EXPORT, SEARCH_INDEX_DIR=str(folder))
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout.splitlines()[-1])


def test_a_copy_taken_while_others_write_comes_back_as_of_one_moment(databases, source, tmp_path):
    folder = tmp_path / "copies"
    before = exported(source, tmp_path / "index-of-source")
    stop, begun = tmp_path / "stop", tmp_path / "begun"
    environment = {**os.environ, "DEBUG": "true", "SECRET_KEY": "test" * 15, "DATABASE_URL": source}
    environment.update(STOP=str(stop), BEGUN=str(begun), PYTHONWARNINGS="ignore")
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", WRITING]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as writer:
        try:
            while not begun.exists() and writer.poll() is None:
                time.sleep(0.05)
            result = manage(source, "backup", str(folder))
            assert writer.poll() is None
        finally:
            stop.touch()
        assert writer.wait(60) == 0
    assert result.returncode == 0, result.stderr
    (file,) = copies(folder)

    target, index = databases.empty(), tmp_path / "index-of-target"
    result = manage(target, "restore", str(file), SEARCH_INDEX_DIR=str(index))
    assert result.returncode == 0, result.stderr
    assert list(index.glob("*.index")), "the search is not built"
    after = exported(target, index)
    assert after["told"] == before["told"]
    assert len(after["told"]["search"]) > 3
    assert {status for status, *_ in after["told"].values()} == {200}
    words = [word for word, _ in after["pairs"]]
    assert words, "nothing was written meanwhile"
    assert sorted(set(words)) == [f"prøve-{number:06}" for number in range(len(words) // 2)]
    assert len(words) == 2 * len(set(words)), "half a transaction"


def test_the_file_is_for_its_owner_alone_and_tells_what_is_in_it(db, copy):
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    assert list(copy.parent.iterdir()) == [copy]
    with zipfile.ZipFile(copy) as archive:
        manifest = json.loads(archive.read(MANIFEST))
    assert manifest["engine"] == connection.vendor
    assert manifest["rows"]["offers_offer"] == Offer.objects.count()
    assert "offers.0001_the_domain_of_offers" in manifest["migrations"]
    assert len(manifest["sha256"]) == 64


def test_so_many_are_kept_and_what_is_no_copy_is_left_alone(tmp_path):
    names = [f"vejviser-2026010{day}T030000.000000Z.zip" for day in range(1, 5)]
    for name in [*names, "vejviser-mine.zip"]:
        (tmp_path / name).touch()
    assert [path.name for path in prune(tmp_path, 3)] == names[:1]
    assert sorted(path.name for path in tmp_path.iterdir()) == [*names[1:], "vejviser-mine.zip"]


def test_no_copy_is_kept_by_none(tmp_path):
    with pytest.raises(CommandError, match="--keep skal være mindst 1"):
        call_command("backup", tmp_path, keep=0)


def test_a_database_with_rows_is_left_alone_unless_one_says_so(databases, copy, tmp_path):
    target = databases.filled()
    places = {"SEARCH_INDEX_DIR": str(tmp_path)}
    code = "from offers.models import Offer as O; O.objects.update(title='x'); print(O.objects.count())"
    assert manage(target, "shell", "-v", "0", "-c", code).returncode == 0
    refused = manage(target, "restore", str(copy), **places)
    assert refused.returncode == 1
    assert "Databasen er ikke tom" in refused.stderr
    assert "--replace" in refused.stderr
    code = "from offers.models import Offer as O; print(O.objects.filter(title='x').count())"
    assert manage(target, "shell", "-v", "0", "-c", code).stdout.strip() != "0"
    result = manage(target, "restore", str(copy), "--replace", **places)
    assert result.returncode == 0, result.stderr
    assert manage(target, "shell", "-v", "0", "-c", code).stdout.strip() == "0"


def changed(copy, to, **values):
    """Write a copy whose manifest says something else."""
    with zipfile.ZipFile(copy) as archive, zipfile.ZipFile(to, "w") as other:
        manifest = json.loads(archive.read(MANIFEST)) | values
        other.writestr(MANIFEST, json.dumps(manifest))
        other.writestr(manifest["content"], archive.read(manifest["content"]))
    return to


def test_damage_is_found_before_anything_is_touched(copy, tmp_path):
    whole = copy.read_bytes()
    for number, content in enumerate((whole[:-100], whole[:9000] + b"x" * 50 + whole[9050:], b"nothing")):
        bad = tmp_path / f"bad{number}.zip"
        bad.write_bytes(content)
        with pytest.raises(CommandError, match="er ikke en hel kopi"):
            call_command("restore", bad, replace=True)
    with pytest.raises(CommandError, match="findes ikke"):
        call_command("restore", tmp_path / "nowhere.zip")
    call_command("restore", copy, check=True, verbosity=0)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"rows": {"offers_offer": 1}}, "Kopien er ikke hel: .*offers_offer: \\d+ i stedet for 1"),
        ({"engine": "oracle"}, "Kopien er fra oracle"),
        ({"migrations": ["offers.9999_of_tomorrow"]}, "fra en nyere udgave .*9999_of_tomorrow"),
        ({"sha256": "0" * 64}, "er ikke en hel kopi"),
        ({"format": 2}, "er ikke en hel kopi"),
    ],
)
def test_a_copy_that_does_not_fit_is_refused_with_a_sentence(copy, tmp_path, values, sentence):
    other = changed(copy, tmp_path / "other.zip", **values)
    with pytest.raises(CommandError, match=sentence):
        call_command("restore", other, replace=True)


def test_no_room_on_the_disk_leaves_no_half_file_and_says_so(source, tmp_path):
    folder = tmp_path / "copies"
    little = 200_000  # bytes; the whole is larger

    def as_on_a_small_disk():
        resource.setrlimit(resource.RLIMIT_FSIZE, (little, little))

    result = manage(source, "backup", str(folder), preexec_fn=as_on_a_small_disk)
    assert result.returncode == 1
    assert "Der er ikke taget nogen kopi" in result.stderr
    assert "Traceback" not in result.stderr
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match="Der er ikke taget nogen kopi"):
        call_command("backup", tmp_path / "file")


def test_what_a_killed_run_left_is_cleared_away(tmp_path):
    (tmp_path / ".vejviser-left").mkdir()
    (tmp_path / ".vejviser-left" / "database.dump").touch()
    with workshop(tmp_path) as place:
        assert list(tmp_path.iterdir()) == [place]
    assert list(tmp_path.iterdir()) == []


def test_everything_is_in_the_database():
    """Whoever adds a field for files must take their folder into the copy."""
    fields = [field for model in apps.get_models() for field in model._meta.get_fields()]
    assert not [field for field in fields if isinstance(field, models.FileField)]


def test_tables_that_differ_are_told():
    assert differing({"a": 1, "b": 2}, {"a": 1, "c": 3}) == [
        "b: ingen tabel i stedet for 2",
        "c: 3 i stedet for ingen tabel",
    ]
