"""Reads the environment for `directory.settings`, and stops the start with a sentence when it is wrong."""

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")

# What was read, by the names of the variables.
settled: dict[str, Any] = {}


def read(name, kind, default):
    """Return environment variable `name` as `kind` (bool, int, str, list).

    Raises ImproperlyConfigured with a Danish sentence when the value has another form.
    """
    try:
        settled[name] = env.get_value(name, cast=kind, default=default)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"Miljøvariablen {name} kan ikke læses: der skal stå en værdi af typen {kind.__name__}."
        ) from error
    return settled[name]


def require(condition, sentence):
    """Stop the start with `sentence` unless `condition` holds."""
    if not condition:
        raise ImproperlyConfigured(sentence)


def parse(parser, address, sentence):
    """Return what `parser` makes of an address, or stop the start with `sentence`.

    What the parser says is not told: it may quote a password out of the address.
    """
    try:
        return parser(address)
    except ValueError:
        raise ImproperlyConfigured(sentence) from None


def read_bool(name, default):
    """Return a yes/no variable; only true/false, 1/0, on/off and yes/no are understood.

    django-environ reads every unknown word as False, which would hide a spelling mistake.
    """
    words = {"true": True, "1": True, "on": True, "yes": True}
    words |= {"false": False, "0": False, "off": False, "no": False}
    word = read(name, str, str(default)).strip().lower()
    require(word in words, f"Miljøvariablen {name} er “{word}”: skriv true eller false.")
    return words[word]
