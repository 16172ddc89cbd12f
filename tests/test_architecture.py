"""The code keeps to the plan of the house: who imports whom, how long things are, what is used."""

import ast
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

APPS = ("directory", "offers", "policies")
# What each part may import; nobody imports `tests`, and only `tests` imports `directory`.
MAY_IMPORT = {"offers": set(), "policies": {"offers"}, "directory": {"offers", "policies"}}
# Inside `offers`, a module may import those that stand after its own layer here, never before.
LAYERS = (
    ("urls",),
    (
        "views",
        "embeds",
        "suggestions",
        "feedback",
        "handouts",
        "news",
        "overview",
        "shortlist",
        "admin",
        "management",
        "tasks",
    ),
    ("harvest",),
    ("hsds",),
    ("missed_searches", "tidying", "trial", "reasons", "ways_out", "links", "exchange"),
    ("duplicates",),
    ("filters",),
    ("history",),
    ("search",),
    ("models",),
)
# Modules of the search that know the database. All others know neither Django nor a model. Models may use
# those in `BELOW_MODELS`.
IMPURE = {
    "around",
    "audit",
    "commits",
    "current",
    "as_of",
    "following",
    "rows",
    "rules",
    "source",
    "versions",
}
IMPURE |= {"vocabularies"}
BELOW_MODELS = (
    "offers.search.stored",
    "offers.search.phrases",
    "offers.search.unanswered",
    "offers.links.verdict",
)
PURE = sorted({path.stem for path in (ROOT / "offers" / "search").glob("*.py")} - IMPURE - {"__init__"})
# What stores rows by these, and keeps no version of them: a drawing; a report, which nobody has edited yet;
# what is taken back at once; what programs count and forget; what its caller keeps a version of (`uses`).
WRITING = {"save", "delete", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update"}
WRITES_NO_VERSION = {"handouts", "feedback", "proposed", "uses"}
# Tables that go out and in: `offers/exchange/applying.py` keeps the versions for its parts and columns.
WRITES_NO_VERSION |= {"writing", "parts", "columns", "runs", "workbook", "taking"}
# The pages of the guide: `offers/admin/guide.py` keeps the versions.
WRITES_NO_VERSION |= {"guide_fields", "guide_steps"}
WRITES_NO_VERSION |= {"trim_history", "missed_searches", "tidying", "reminders", "unanswered", "checking"}
MODULE_CEILING, FUNCTION_CEILING, TEMPLATE_CEILING = 300, 40, 60
BANNED_NAMES = {"core", "common", "utils", "helpers", "misc"}


def modules(*folders: str) -> list[Path]:
    """Return the Python files of the folders, migrations apart."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


def imported(path: Path) -> set[str]:
    """Return the dotted names that a file imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("app", APPS)
def test_an_app_imports_only_those_below_it(app):
    for path in modules(app):
        ours = {name.split(".")[0] for name in imported(path)} & {*APPS, "tests"}
        assert ours <= {app} | MAY_IMPORT[app], path


def test_inside_offers_imports_go_down():
    layer_of = {name: number for number, names in enumerate(LAYERS) for name in names}
    for path in modules("offers"):
        own = layer_of.get(path.relative_to(ROOT / "offers").parts[0].removesuffix(".py"))
        if own is None:
            continue
        for name in imported(path):
            parts = name.split(".")
            if name.startswith(BELOW_MODELS):
                continue
            other = layer_of.get(parts[1]) if parts[0] == "offers" and len(parts) > 1 else None
            assert other is None or other >= own, f"{path} imports {name}"


@pytest.mark.parametrize("name", PURE)
def test_a_pure_step_of_the_search_knows_no_django(name):
    names = imported(ROOT / "offers" / "search" / f"{name}.py")
    ours = {part for part in names if part.startswith("offers.")}
    assert not {part for part in names if part.split(".")[0] == "django"}
    assert all(
        part.split(".")[1] == "search" and part.split(".")[2] in PURE
        for part in ours
        if part.count(".") > 1
    )


def test_no_module_is_a_drawer_for_everything():
    names = {path.stem for path in modules(*APPS)} | {path.parent.name for path in modules(*APPS)}
    assert not names & BANNED_NAMES


@pytest.mark.parametrize(
    "path", [*modules(*APPS, "tests", "bench", "scripts"), ROOT / "dev", ROOT / "manage.py"], ids=str
)
def test_modules_and_functions_stay_short(path):
    text = path.read_text()
    assert len(text.splitlines()) <= MODULE_CEILING
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = node.end_lineno - node.lineno + 1
            assert length <= FUNCTION_CEILING, f"{node.name} is {length} lines"


def test_templates_stay_short():
    long = {
        path.name: count
        for path in (ROOT / "templates").rglob("*.html")
        if (count := len(path.read_text().splitlines())) > TEMPLATE_CEILING
    }
    assert long == {}


def test_every_template_is_used_and_every_partial_says_its_arguments():
    templates = {
        str(path.relative_to(ROOT / "templates")): path for path in (ROOT / "templates").rglob("*.html")
    }
    sources = [path.read_text() for path in [*templates.values(), *modules(*APPS)]]
    for name, path in templates.items():
        by_django = name in {
            "400.html",
            "403.html",
            "403_csrf.html",
            "404.html",
            "429.html",
            "500.html",
            "503.html",
        } or name.startswith(("admin/", "account/", "mfa/", "socialaccount/"))
        assert by_django or any(f'"{name}"' in source for source in sources), f"{name} is not used"
        if name.startswith("includes/") or path.name.startswith("_"):
            assert "{#" in path.read_text(), f"{name} does not say what it takes"


def test_includes_are_given_what_they_need_and_no_more():
    for path in (ROOT / "templates").rglob("*.html"):
        for include in re.findall(r"{% include [^%]*%}", path.read_text()):
            assert " only %}" in include, f"{path.name}: {include}"


def test_our_logic_hangs_on_no_signal_and_no_save_override():
    for path in modules("offers", "policies"):
        assert not {name for name in imported(path) if name.startswith("django.db.models.signals")}, path
        names = {
            node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)
        }
        assert not names & {"save", "delete"}, path


def test_whoever_writes_rows_keeps_a_version():
    for path in modules("offers", "policies"):
        if path.stem in WRITES_NO_VERSION or "models" in path.parts or "history" in path.parts:
            continue
        calls = (node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
        if {call.attr for call in calls if isinstance(call, ast.Attribute)} & WRITING:
            assert {"offers.history.record", "offers.admin.keeping"} & imported(path), path


def test_no_default_manager_hides_rows():
    for path in modules("offers", "policies"):
        if "models" in path.parts:
            assert "def get_queryset" not in path.read_text(), path


def test_nothing_of_one_machine_stands_in_the_tree():
    pattern = re.compile(r"(^|[\s\"'=(])/(work|root|home|tmp)/\w|index[-]url|/simp[l]e/", re.MULTILINE)
    for path in [
        *modules(*APPS, "tests"),
        ROOT / "dev",
        *ROOT.glob("*.md"),
        *ROOT.glob("*.txt"),
        *ROOT.glob("docs/**/*.md"),
    ]:
        if path.name != Path(__file__).name:
            assert not pattern.search(path.read_text()), path
