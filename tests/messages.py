"""The texts that the source marks for translation, and the catalogue that translates them."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils.translation.template import templatize

from tests.conftest import ROOT

CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
# The desk and the log-in are for the staff, who speak Danish.
STAFF = {"admin", "account", "mfa", "socialaccount", "429.html"}
TEMPLATES = sorted(
    path for path in (ROOT / "templates").rglob("*.html") if not STAFF & {*path.relative_to(ROOT).parts}
)
MODULES = sorted(
    path
    for app in ("directory", "offers", "policies")
    for path in (ROOT / app).rglob("*.py")
    if not {"admin", "migrations"} & set(path.relative_to(ROOT).parts)
)
# What each function takes: a context, the text, and the text for many.
TAKES = {"gettext": "1", "gettext_noop": "1", "ngettext": "1n", "pgettext": "c1", "npgettext": "c1n"}
TAKES |= {f"{name}_lazy": takes for name, takes in TAKES.items() if name != "gettext_noop"}
_STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_CALL = re.compile(rf"(?<!\w)(n?p?gettext|_)\(({_STRING}(?:, *{_STRING})*)")
_FIELD = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[\d\])? )?(".*")')


class Message(NamedTuple):
    """A text in Danish, for one and for many; `context` tells it from others that look alike."""

    context: str
    one: str
    many: str = ""


class Translation(NamedTuple):
    """What a translator made of a text: one text, or one for each number; `flags` are gettext's."""

    texts: tuple[str, ...]
    flags: frozenset[str]


def _message(takes: str, texts: list[str]) -> Message:
    given = dict(zip(takes, texts, strict=False))
    return Message(given.get("c", ""), given["1"], given.get("n", ""))


def in_template(source: str) -> Iterator[Message]:
    """Yield the texts that a template marks."""
    for name, arguments in _CALL.findall(templatize(source)):
        texts = [ast.literal_eval(text) for text in re.findall(_STRING, arguments)]
        yield _message(TAKES[name.replace("_", "gettext")], texts)


def in_module(source: str) -> Iterator[Message]:
    """Yield the texts that a module marks, by whatever name it imports the functions."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: TAKES[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in TAKES
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            takes = names[node.func.id]
            texts = [text.value for text in node.args[: len(takes)] if isinstance(text, ast.Constant)]
            # A variable stands for texts that are marked elsewhere.
            if len(texts) == len(takes):
                yield _message(takes, texts)


@cache
def marked() -> dict[tuple[str, str], Message]:
    """Return every text of the public pages, by its context and itself."""
    found: dict[tuple[str, str], Message] = {}
    for paths, read in ((TEMPLATES, in_template), (MODULES, in_module)):
        for path in paths:
            for message in read(path.read_text()):
                key = message.context, message.one
                # The same text with a plural elsewhere is one entry of the catalogue.
                found[key] = max(found.get(key, message), message, key=lambda one: one.many)
    return found


def entries(path: Path) -> Iterator[tuple[Message, Translation]]:
    """Yield what a .po file says, its head apart; what is commented out is not read."""
    for block in path.read_text().split("\n\n"):
        fields: dict[str, list[str]] = {}
        flags, name = set(), ""
        for line in block.splitlines():
            if line.startswith("#,"):
                flags |= set(line.removeprefix("#,").replace(" ", "").split(","))
            elif found := _FIELD.fullmatch(line):
                if found[1]:
                    name = found[1]
                    fields.setdefault(name, []).append("")
                fields[name][-1] += ast.literal_eval(found[2])
        if fields.get("msgid", [""]) != [""]:
            context, one, many = (fields.get(key, [""])[0] for key in ("msgctxt", "msgid", "msgid_plural"))
            yield Message(context, one, many), Translation(tuple(fields["msgstr"]), frozenset(flags))


@cache
def translated() -> dict[tuple[str, str], tuple[Message, Translation]]:
    """Return what the English catalogue says, by context and Danish text."""
    return {(message.context, message.one): (message, said) for message, said in entries(CATALOGUE)}
