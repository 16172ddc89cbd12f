"""Files of fixtures as they stand on the disk: read strictly, and what is wrong is told with its line."""

import re
from pathlib import Path
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.cyaml import CSafeLoader

# What no text of ours needs: control characters (PostgreSQL stores no NUL), half surrogates, no characters.
UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
KINDS = {"timestamp": "en gyldig dato", "int": "et tal", "float": "et tal", "bool": "true eller false"}


class FixtureError(Exception):
    """An entry that cannot be loaded: in which file, which entry or line, and why."""

    def __init__(self, path: Path, where: str, reason: str):
        """Put the three together in a sentence for the person who wrote the file."""
        sentence = f"{path.name or path}, {where}: {reason}"
        super().__init__(UNSTORABLE.sub(lambda found: ascii(found[0])[1:-1], sentence))


class RefusedYAMLError(yaml.MarkedYAMLError):
    """Something that we refuse in a file: a Danish sentence, and the place."""

    def __init__(self, sentence: str, mark: Any):
        """Keep the two where PyYAML keeps its own."""
        super().__init__(problem=sentence, problem_mark=mark)


class StrictLoader(Composer, CSafeLoader):
    """Reads YAML as PyYAML does, but refuses a key given twice, and always says in which line.

    libyaml takes the text apart, ten times as fast as Python; what it says is put together here.
    """

    def __init__(self, text: str):
        """Begin with the whole text."""
        CSafeLoader.__init__(self, text)
        Composer.__init__(self)
        self.reached: Any = None

    def get_event(self):
        """Note how far the reading has come."""
        event: Any = super().get_event()
        self.reached = event.start_mark
        return event

    def compose_mapping_node(self, anchor):
        """Refuse a key that stands twice in a mapping; the last would win in silence."""
        node = super().compose_mapping_node(anchor)
        met = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if (key.tag, key.value) in met:
                    raise RefusedYAMLError(f"nøglen “{key.value}” står to gange.", key.start_mark)
                met.add((key.tag, key.value))
        return node

    def construct_object(self, node, deep=False):
        """Say which value is not what it looks like, and where; PyYAML would only say why."""
        try:
            return super().construct_object(node, deep)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            kind = KINDS.get(node.tag.rpartition(":")[2], "en gyldig værdi")
            raise RefusedYAMLError(f"“{node.value}” er ikke {kind}.", node.start_mark) from error

    def get_single_data(self):
        """Say where the reading stopped when PyYAML's own steps fail without a mark."""
        try:
            return super().get_single_data()
        except RecursionError as error:
            raise RefusedYAMLError("der er for mange lag i hinanden.", self.reached) from error
        except (ValueError, OverflowError) as error:
            raise RefusedYAMLError(f"noget kan ikke læses: {error}.", self.reached) from error


def entries(path: Path) -> list[Any]:
    """Return the entries of one file."""
    try:
        entries = StrictLoader(_text(path)).get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"linje {mark.line + 1}" if mark else "hele filen"
        reason = error.problem or error.context
        if not isinstance(error, RefusedYAMLError):
            reason = f"kan ikke læses som YAML: {reason}"
        raise FixtureError(path, where, str(reason)) from error
    except yaml.YAMLError as error:
        raise FixtureError(path, "hele filen", f"kan ikke læses som YAML: {error}") from error
    if entries is None:
        raise FixtureError(path, "hele filen", "er tom. En fil uden poster skrives “[]”.")
    if not isinstance(entries, list):
        raise FixtureError(path, "hele filen", "skal være en liste af poster (“- model: …”).")
    return entries


def _text(path: Path) -> str:
    """Return what stands in the file, which must be text in UTF-8."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise FixtureError(path, "hele filen", f"findes ikke ({path}).") from error
    except IsADirectoryError as error:
        raise FixtureError(path, "hele filen", f"er en mappe, ikke en fil ({path}).") from error
    except OSError as error:
        raise FixtureError(path, "hele filen", f"kan ikke læses ({path}: {error.strerror}).") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise FixtureError(path, f"linje {line}", "er ikke skrevet i UTF-8.") from error
    if found := UNSTORABLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise FixtureError(path, f"linje {line}", refusal(found[0]))
    return text


def refusal(character: str) -> str:
    """Return the sentence about a character that cannot be stored."""
    return f"har et tegn, der ikke kan gemmes: U+{ord(character):04X}."
