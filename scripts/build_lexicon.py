"""Make the compound lexicon of the search from Debian's package `hunspell-da`.

    apt-get install hunspell-da
    python -m scripts.build_lexicon [/usr/share/hunspell]

Reads da_DK.dic and da_DK.aff (UTF-8, numeric flags) and writes `lexicon.txt.gz` and `NOTICE` into
offers/search/data/. The same source gives the same bytes. The format is told in offers/search/lexicon.py.
"""
# ruff: noqa: S603, T201 (the one command is fixed, and asks dpkg for a version; printing is what this is for)

import argparse
import gzip
import json
import re
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from offers.search.letters import fold

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "offers" / "search" / "data"
WORD = re.compile(r"[^\W\d_]+")
# Flags of da_DK.aff. 29 (-s-), 30 (-e-), 31 (nothing) and a few rarer ones give a form the flag 32.
STANDS_FIRST, STANDS_LAST = "32", "39"
NAME, FORBIDDEN, NO_WORD_ALONE = "9", "6", {"8", "36"}
SUFFIXES_DEEP = 3  # a suffix may take a suffix that takes a suffix: ven → venn → venner → venners

NOTICE = """\
lexicon.txt.gz is derived from the Danish dictionary of Stavekontrolden:
{source}.

The original is licensed under GPL 2.0, LGPL 2.1 or MPL 1.1, as one chooses. This directory chooses
the Mozilla Public License 1.1 for lexicon.txt.gz; its text is in MPL-1.1.txt.

  The contents of this file are subject to the Mozilla Public License Version 1.1 (the "License"); you
  may not use this file except in compliance with the License. You may obtain a copy of the License at
  http://www.mozilla.org/MPL/

  Software distributed under the License is distributed on an "AS IS" basis, WITHOUT WARRANTY OF ANY
  KIND, either express or implied. See the License for the specific language governing rights and
  limitations under the License.

  The Original Code is the Danish dictionary Stavekontrolden (da_DK.dic and da_DK.aff).

  The Initial Developer of the Original Code is Foreningen for frit tilgængelige sprogværktøjer,
  http://www.stavekontrolden.dk. Portions created by the Initial Developer are
  Copyright (C) 2022 Foreningen for frit tilgængelige sprogværktøjer. All Rights Reserved.

What was changed: scripts/build_lexicon.py wrote each word in small letters with aa, ae and oe as å, æ
and ø; left out words with spaces, hyphens, digits or apostrophes; and in place of the affix rules
gathered the words into classes that say which endings they take and how they are joined in compounds.

word_rules.txt is no part of that dictionary; it has the licence of this project.
"""


class Suffix(NamedTuple):
    """One line of the .aff file: take `strip` off a word that ends as `condition` says, put `add` on."""

    strip: str
    add: str
    flags: frozenset[str]
    condition: re.Pattern


class Entry(NamedTuple):
    """One line of the .dic file."""

    word: str
    flags: frozenset[str]


def read_suffixes(path: Path) -> tuple[dict[str, list[Suffix]], str]:
    """Return the suffixes of each flag, and the version that the file gives itself."""
    suffixes = defaultdict(list)
    text = path.read_text("utf-8")
    for line in text.splitlines():
        fields = line.split("#")[0].split()
        if len(fields) < 5 or fields[0] != "SFX":
            continue
        add, _, flags = fields[3].partition("/")
        suffixes[fields[1]].append(
            Suffix(
                strip="" if fields[2] == "0" else fields[2],
                add="" if add == "0" else add,
                flags=frozenset(filter(None, flags.split(","))),
                condition=re.compile(f"{fields[4]}$"),
            )
        )
    version = re.search(r"Stavekontrolden version [\d.]+", text)
    if not (suffixes and version):
        raise SystemExit(f"{path} is not the .aff file of hunspell-da.")
    return suffixes, version[0]


def read_entries(path: Path) -> list[Entry]:
    """Return the entries that can be used: single words, not forbidden."""
    entries = []
    for line in path.read_text("utf-8").splitlines()[1:]:
        word, _, flags = line.split()[0].partition("/") if line.split() else ("", "", "")
        entry = Entry(word.removesuffix("-"), frozenset(filter(None, flags.split(","))))
        several = len([field for field in line.split() if ":" not in field]) > 1
        if not several and WORD.fullmatch(entry.word) and FORBIDDEN not in entry.flags:
            entries.append(entry)
    return entries


def forms_of(
    word: str, flags: frozenset[str], suffixes: dict[str, list[Suffix]], depth: int = SUFFIXES_DEEP
):
    """Yield every (form, flags) that the suffixes make of a word."""
    for flag in sorted(flags):
        for suffix in suffixes.get(flag, ()):
            if not (word.endswith(suffix.strip) and suffix.condition.search(word)):
                continue
            form = word.removesuffix(suffix.strip) + suffix.add
            yield form, suffix.flags
            if depth > 1:
                yield from forms_of(form, suffix.flags, suffixes, depth - 1)


def change(base: str, form: str) -> tuple[str, str]:
    """Return what is taken off `base` and what put on, to make `form` (strip, add)."""
    same = 0
    while same < min(len(base), len(form)) and base[same] == form[same]:
        same += 1
    return base[same:], form[same:]


class Words:
    """What is gathered about each folded word, from all entries that fold to it."""

    def __init__(self):
        self.alone, self.common, self.last, self.beginnings = set(), set(), set(), set()
        self.links, self.endings = defaultdict(set), defaultdict(set)

    def add(self, entry: Entry, suffixes: dict[str, list[Suffix]]) -> None:
        """Take in one entry with all forms that the suffixes make of it."""
        word = fold(entry.word)
        if STANDS_FIRST in entry.flags:
            self.beginnings.add(word)  # psyko-, døds-, fælles-
        elif not NO_WORD_ALONE & entry.flags:
            self.alone.add(word)
        if not (entry.word.istitle() or entry.flags == {NAME}):
            self.common.add(word)
        if STANDS_LAST in entry.flags:
            self.last.add(word)
        for form, flags in forms_of(entry.word, entry.flags, suffixes):
            if STANDS_FIRST in flags and "-" not in form:
                self.links[word].add(change(word, fold(form)))
            elif not flags & NO_WORD_ALONE and WORD.fullmatch(form) and fold(form) != word:
                self.endings[word].add(change(word, fold(form)))

    def link_beginnings(self) -> None:
        """Let the beginnings join that are words or their genitives; nobody searches for histo-."""
        for beginning in self.beginnings:
            if beginning in self.alone:
                self.links[beginning].add(("", ""))
            elif beginning.endswith("s") and beginning[:-1] in self.alone:
                self.links[beginning[:-1]].add(("", "s"))

    def classes(self) -> dict[tuple, list[str]]:
        """Return the words of each class: (is a name, may stand last, links, endings)."""
        self.link_beginnings()
        classes = defaultdict(list)
        for word in sorted(self.alone):
            links, endings = sorted(self.links[word]), sorted(self.endings[word])
            classes[word not in self.common, word in self.last, tuple(links), tuple(endings)].append(word)
        return classes


def packed(classes: dict[tuple, list[str]], source: str) -> bytes:
    """Return the data file: a line of JSON about the classes, then a line of words for each; gzipped."""
    ordered = sorted(classes, key=lambda key: (-len(classes[key]), key))
    header = {"source": source, "licence": "MPL 1.1, see NOTICE", "classes": ordered}
    lines = [json.dumps(header, ensure_ascii=False, separators=(",", ":"))]
    lines += [" ".join(classes[key]) for key in ordered]
    return gzip.compress("\n".join([*lines, ""]).encode(), 9, mtime=0)


def package_version() -> str:
    """Return which version of hunspell-da is installed here, as Debian counts; or that it is unknown."""
    try:
        query = ["dpkg-query", "--show", "--showformat=${Version}", "hunspell-da"]
        return subprocess.run(query, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return "of unknown version"


def main() -> None:
    """Build both files and say how large they are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default="/usr/share/hunspell")
    options = parser.parse_args()
    if not (options.folder / "da_DK.dic").exists():
        parser.error(f"{options.folder} has no da_DK.dic: apt-get install hunspell-da")
    suffixes, version = read_suffixes(options.folder / "da_DK.aff")
    words = Words()
    for entry in read_entries(options.folder / "da_DK.dic"):
        words.add(entry, suffixes)
    classes = words.classes()
    source = f"{version}, from Debian's hunspell-da {package_version()}"
    data = packed(classes, source)
    (DATA / "lexicon.txt.gz").write_bytes(data)
    (DATA / "NOTICE").write_text(NOTICE.format(source=source), encoding="utf-8")
    count = sum(map(len, classes.values()))
    print(f"{source}: {count} words in {len(classes)} classes, {len(data)} bytes")


if __name__ == "__main__":
    main()
