"""The editors' handbook: whole, easy to read, true to the desk's labels, and read there."""

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.contrib import admin, auth
from django.urls import reverse

from directory.handbook import FOLDER, on_the_desk, pages, pictures, rendered
from offers.lix import EASY, lix
from offers.markdown import plain
from tests.conftest import ROOT

FILES = sorted(FOLDER.glob("*.md"))
CONTENTS = FOLDER / "README.md"
# What is read without scrolling much, and what a picture may weigh (bytes).
MOST_WORDS, MOST_BYTES = 300, 80_000
LINK = re.compile(r"(?<!!)\[[^]]*]\(([^)]*)\)")
PICTURE = re.compile(r"!\[([^]]*)]\(([^)]*)\)")
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
INDEX = reverse("handbook")

each_page = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def of_templates() -> set[str]:
    """Return what stands in the templates of the desk and of the log-in, between tags or in quotes."""
    said = set()
    for folder in ("admin", "account", "mfa", "offers"):
        for file in (ROOT / "templates" / folder).rglob("*.html"):
            text = file.read_text()
            said |= {*re.findall(r'"([^"{}<>]+)"', text)}
            said |= {*re.split(r'\{[%{#].*?[%}#]\}|[<>"]', text)}
    return said


def of_code() -> set[str]:
    """Return every text in the code of the apps: names of models, fields, actions, buttons, choices."""
    files = [file for app in ("directory", "offers", "policies") for file in (ROOT / app).rglob("*.py")]
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text()))]
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def of_django() -> set[str]:
    """Return the Danish labels of Django's own pages, without the markup in some of them."""
    apps = [Path(app.__file__).parent / "locale" for app in (admin, auth)]
    texts = [gettext.translation("django", folder, ["da"])._catalog.values() for folder in apps]
    return {text for catalog in texts for text in catalog}


@pytest.fixture(scope="module")
def labels():
    """Return what one can read on the desk, in small letters and without the colon of a field."""
    return {text.strip().rstrip(":").casefold() for text in of_templates() | of_code() | of_django()}


def test_the_contents_name_every_page_once():
    named = LINK.findall(CONTENTS.read_text())
    assert sorted(named) == sorted(file.name for file in FILES if file != CONTENTS)


@each_page
def test_links_and_pictures_of_a_page_are_there(file):
    text = file.read_text()
    for target in LINK.findall(text):
        assert (FOLDER / target).resolve().is_file(), target
    for alt, target in PICTURE.findall(text):
        assert len(alt.split()) >= 5, f"{target} is not told"
        assert (FOLDER / target).is_file(), target


def test_every_picture_is_shown_and_light():
    shown = {Path(target).stem for file in FILES for _, target in PICTURE.findall(file.read_text())}
    assert shown == {*pictures()}
    assert {name for name, file in pictures().items() if file.stat().st_size > MOST_BYTES} == set()


@each_page
def test_a_page_is_short_and_easy_to_read(file):
    read = "\n".join(plain(file.read_text()))
    assert len(read.split()) <= MOST_WORDS
    assert lix(read) <= EASY


@each_page
def test_what_is_in_bold_stands_on_the_desk(file, labels):
    named = {" ".join(text.split()) for text in BOLD.findall(file.read_text())}
    assert {text for text in named if text.casefold() not in labels} == set()


def test_a_label_that_is_nowhere_would_be_found(labels):
    assert "stadig rigtigt" in labels
    assert "tryk her, så sker der noget" not in labels


def test_links_work_on_the_desk_as_they_do_on_a_code_host():
    title, html = rendered(
        "# Prøve\n[a](moeder.md#b) [c](README.md) [d](../roller.md) ![e](billeder/f.png)"
    )
    assert title == "Prøve"
    assert f'href="{INDEX}moeder/#b"' in html
    assert f'href="{INDEX}"' in html
    assert f'href="{INDEX}roller/"' in html
    assert f'src="{INDEX}billeder/f.png" alt="e"' in html
    assert on_the_desk("https://kommune.example/a.md") == "https://kommune.example/a.md"
    assert "<script>" not in rendered("# A\n\n<script>b</script>")[1]


def test_the_staff_read_every_page_and_see_every_picture(editor):
    assert "Håndbog for redaktionen" in editor.get(INDEX).content.decode()
    for name in pages():
        answer = editor.get(reverse("handbook-page", args=[name]))
        assert answer.status_code == 200, name
        for address in re.findall(rf'(?:href|src)="({INDEX}[^"#]*)', answer.content.decode()):
            assert editor.get(address).status_code == 200, address
    name = next(iter(pictures()))
    picture = editor.get(reverse("handbook-picture", args=[name]))
    assert picture["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")


@pytest.mark.parametrize("path", ["", "moeder/", "billeder/bord.png"])
def test_others_are_asked_to_log_in(visitor, path):
    answer = visitor.get(f"{INDEX}{path}")
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("admin:login"))


@pytest.mark.parametrize(
    "path",
    [
        "findes-ikke/",
        "../upkeep/",
        "..%2Fupkeep/",
        "upkeep/",
        "billeder/findes-ikke.png",
        "billeder/..%2F..%2Fpictures%2Ffront-360.png",
        "billeder/front-360.png",
        "billeder/bord.md",
    ],
)
def test_what_is_not_in_the_handbook_is_not_there(editor, path):
    assert editor.get(f"{INDEX}{path}", follow=True).status_code == 404


def test_the_desk_leads_to_the_handbook(editor):
    assert f'href="{INDEX}"' in editor.get(reverse("admin:index")).content.decode()
    assert f'href="{INDEX}nyt-tilbud/"' in editor.get(reverse("admin:offers_offer_add")).content.decode()
