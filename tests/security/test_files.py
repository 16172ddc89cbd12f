"""What is handed in has a name that leads nowhere, and what is taken out has a name of ours."""

import re

import pytest

from tests.conftest import ROOT
from tests.exchange.test_pages import hand_in

NAMES = [
    "../../../manage.py",
    "/etc/passwd",
    "..\\..\\settings.py",
    "https://ond.example/x.csv",
    "$(reboot).csv",
    "x\r\nSet-Cookie: a=b.csv",
    "=1+1.csv",
]


def tree():
    """Return every file at the top of the house and in its code, with its time."""
    folders = [ROOT, *(ROOT / name for name in ("directory", "offers", "policies", "static", "templates"))]
    return {path: path.stat().st_mtime for folder in folders for path in folder.glob("*") if path.is_file()}


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_file_leads_nowhere(editor, name):
    before = tree()
    answer = hand_in(editor, "Nøgle;Titel\nfindes-ikke-endnu;Ny titel\n", name=name)
    assert answer.status_code == 200
    assert "Set-Cookie: a" not in str(answer.headers)
    assert "root:" not in answer.content.decode()
    assert tree() == before


@pytest.mark.parametrize(
    "path",
    [
        "/data/services.ndjson?filename=ond.bat",
        "/data/tilbud.csv?filename=ond.bat",
        "/data/tilbud.csv;/ond.bat",
        "/admin/offers/offer/tabel/csv/",
        "/tilbud/opstart.ics?filename=ond.bat",
    ],
)
def test_a_download_has_a_name_of_ours(editor, path):
    answer = editor.get(path)
    name = answer.headers.get("Content-Disposition", "")
    assert "ond" not in name
    if answer.status_code == 200 and name:
        assert re.fullmatch(r'(?:attachment|inline); filename="[-\w.]+\.(?:csv|ndjson|ics)"', name)
