"""How the site looks: colours that can be read, names that are known, and files that stay small."""

import gzip
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory import contrast
from tests.conftest import ROOT
from tests.test_settings import PRODUCTION, manage

OWN, BRIDGE = ROOT / "static" / "vejviser.css", ROOT / "static" / "bridge.css"
SPRITE = ROOT / "static" / "icons.svg"
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html") if "admin" not in path.parts)
# Names of Det Fælles Designsystem that say what something is, and on which our own stylesheet has no rule.
STRUCTURE = {
    *("accordion-title", "alert-body", "alert-info", "alert-text", "breadcrumbs__link", "button-arrow"),
    *(
        "button-next",
        "button-previous",
        "col-12",
        "col-md-4",
        "footer-col",
        "footer-sticky",
        "form-group-radio",
    ),
    *("header", "logo", "nav", "navigation-menu-inner", "pagination-nav-link", "pagination-number"),
    *("pagination-overflow", "portal-info", "table--compact"),
}
COLOURS = st.from_regex(contrast.COLOUR, fullmatch=True)


def classes_in(path) -> set[str]:
    """Return the names of classes that a template gives, whatever its conditions say."""
    text = path.read_text()
    values = re.findall(r'class="((?:[^"{]|{[{%].*?[%}]})*)"', text) + re.findall(
        r'css_class="([^"]+)"', text
    )
    plain = " ".join(re.sub(r"{%.*?%}|{{.*?}}", " ", value) for value in values)
    return {name for name in plain.split() if not name.endswith("-")}


def classes_of(sheet) -> set[str]:
    """Return the names of classes on which a stylesheet has rules."""
    text = re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", sheet.read_text(), flags=re.DOTALL)
    return set(re.findall(r"\.(-?[a-z][\w-]*)", text))


GIVEN = set().union(*(classes_in(path) for path in TEMPLATES)) | {"alert-info", "alert-warning"}


# -- Contrast --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21),
        ("#ffffff", "#ffffff", 1),
        ("#777777", "#ffffff", 4.478),
        ("#ff0000", "#ffffff", 3.998),
    ],
)
def test_the_contrast_is_that_of_wcag(one, other, expected):
    assert contrast.ratio(one, other) == pytest.approx(expected, abs=0.001)
    assert contrast.ratio(other, one) == contrast.ratio(one, other)


@given(COLOURS)
def test_what_is_made_of_any_colour_can_be_read(colour):
    passing = contrast.darker_that_passes(colour)
    assert contrast.fault(passing) == ""
    assert contrast.ratio(contrast.WHITE, contrast.button_in_the_dark(passing)) >= contrast.ENOUGH
    link = contrast.link_in_the_dark(passing)
    assert all(contrast.ratio(link, behind) >= contrast.ENOUGH for behind in contrast.DARK.values())
    assert (contrast.fault(colour) == "") == (passing == colour.lower())


def test_the_surfaces_are_those_of_the_stylesheet():
    text = OWN.read_text()
    for name in contrast.LIGHT:
        pair = re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\)", text).groups()
        long = [colour if len(colour) == 7 else "#" + 2 * colour[1:] for colour in pair]
        assert long == [contrast.LIGHT[name], contrast.DARK[name]], name


# -- Settings --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"MUNICIPALITY_COLOUR": "grøn"}, "MUNICIPALITY_COLOUR er “grøn”: skriv farven som # og seks tegn"),
        (
            {"MUNICIPALITY_COLOUR": "#ffcc00"},
            "Kontrasten er 1,2, og den skal være mindst 4,5. Prøv #816700",
        ),
        ({"MUNICIPALITY_LOGO": "logo.svg"}, "MUNICIPALITY_LOGO er “logo.svg”: skriv navnet på en fil"),
        ({"MUNICIPALITY_LOGO": "vejviser.svg"}, "MUNICIPALITY_LOGO er sat, men ikke MUNICIPALITY_NAME"),
        ({"STYLESHEET": "https://x.example/a.css"}, "Siden henter intet fra andre adresser."),
        (
            {"EXTRA_STATIC_DIR": "/findes/ikke"},
            "EXTRA_STATIC_DIR er “/findes/ikke”: skriv stien til en mappe",
        ),
    ],
)
def test_a_look_that_cannot_be_used_stops_the_start(change, sentence):
    result = manage("check", **{**PRODUCTION, **change})
    assert result.returncode != 0
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr


def test_a_folder_of_ones_own_gives_logo_and_stylesheet(tmp_path):
    (tmp_path / "look").mkdir()
    for name in ("logo.svg", "look/official.css"):
        (tmp_path / name).touch()
    look = {
        "MUNICIPALITY_LOGO": "logo.svg",
        "STYLESHEET": "look/official.css",
        "MUNICIPALITY_COLOUR": "#2F6F3E",
    }
    extra = {"EXTRA_STATIC_DIR": str(tmp_path), "MUNICIPALITY_NAME": "Prøveby Kommune"}
    result = manage("check", **PRODUCTION, **look, **extra)
    assert result.returncode == 0, result.stderr


# -- Pages -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_without_settings_the_site_has_its_own_look(visitor):
    html = visitor.get("/om/").content.decode()
    assert re.findall(r'rel="stylesheet" href="([^"]+)"', html) == ["/static/vejviser.css"]
    assert "authority-name" not in html
    assert visitor.get("/kommune.css").status_code == 404


@pytest.mark.django_db
def test_a_colour_is_a_stylesheet_that_may_be_kept_until_the_colour_changes(visitor, settings):
    addresses = []
    for colour in ("#2f6f3e", "#003366"):
        settings.MUNICIPALITY_COLOUR = colour
        html = visitor.get("/om/").content.decode()
        addresses += re.findall(r'href="(/kommune\.css\?v=\w+)"', html)
        answer = visitor.get(addresses[-1])
        assert f"--accent: light-dark({colour}," in answer.content.decode()
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Type"].startswith("text/css")
    assert len(set(addresses)) == 2


@pytest.mark.django_db
def test_another_stylesheet_takes_the_place_of_ours(visitor, settings):
    settings.STYLESHEET, settings.MUNICIPALITY_COLOUR = "dkfds/css/dkfds.min.css", "#2f6f3e"
    html = visitor.get("/om/").content.decode()
    sheets = re.findall(r'rel="stylesheet" href="([^"?]+)', html)
    assert sheets == ["/static/dkfds/css/dkfds.min.css", "/static/bridge.css", "/kommune.css"]
    assert ".button-primary" in visitor.get("/kommune.css").content.decode()


@pytest.mark.django_db
def test_a_municipality_shows_its_name_or_its_logo(visitor, settings):
    settings.MUNICIPALITY_NAME = "Prøveby Kommune"
    assert '<span class="authority-name">Prøveby Kommune</span>' in visitor.get("/om/").content.decode()
    settings.MUNICIPALITY_LOGO = "logo.svg"
    html = visitor.get("/om/").content.decode()
    assert '<img src="/static/logo.svg" alt="Prøveby Kommune">' in html
    assert "authority-name" not in html


# -- Files -----------------------------------------------------------------------------------------


def test_every_rule_is_for_a_class_that_a_page_has():
    assert classes_of(OWN) <= GIVEN
    assert classes_of(BRIDGE) <= GIVEN


def test_every_class_of_a_page_has_a_rule_or_is_structure():
    known = classes_of(OWN) | STRUCTURE
    assert {path.name: rest for path in TEMPLATES if (rest := classes_in(path) - known)} == {}
    assert STRUCTURE <= GIVEN


def test_what_dkfds_has_no_name_for_has_rules_beside_it_too():
    ours = OWN.read_text().split("/* Ours: text */")[1].split("@media (prefers-reduced-motion")[0]
    names = set(re.findall(r"\.(-?[a-z][\w-]*)", re.sub(r"\{[^{}]*\}", " ", ours)))
    assert names <= classes_of(BRIDGE)


def test_every_icon_that_a_page_asks_for_is_drawn():
    drawn = set(re.findall(r'<symbol id="(\w+)"', SPRITE.read_text()))
    asked = set(
        re.findall(r'includes/icon\.html" with name="(\w+)"', "".join(p.read_text() for p in TEMPLATES))
    )
    assert asked <= drawn


def test_stylesheets_and_icons_stay_small():
    """In bytes as they travel: a first visit is to be 60 kB with everything, on a poor telephone line."""
    for path, most in ((OWN, 14_000), (BRIDGE, 14_000), (SPRITE, 3_000)):
        assert len(gzip.compress(path.read_bytes())) <= most, path.name
