"""Danish letters: how words are compared, and how names are put in order."""

import unicodedata

# The last letters of the Danish alphabet, written so that every database orders them alike with
# plain a–z and 0–9. "aa" is an old way to write "å" (Retskrivningsordbogen § 3).
_LAST_LETTERS = (
    ("aa", "å"),
    ("z", "z0"),
    ("æ", "z1"),
    ("ä", "z1"),
    ("ø", "z2"),
    ("ö", "z2"),
    ("å", "z3"),
)


def fold(text: str) -> str:
    """Return `text` as it is compared in a search: lower case, one kind of space.

    >>> fold("  Økonomisk  FRIPLADS ")
    'økonomisk friplads'
    """
    return " ".join(unicodedata.normalize("NFC", text.replace("\0", " ")).casefold().split())


def fold_all(*texts: str) -> str:
    """Return several texts, folded, as one."""
    return fold(" ".join(texts))


def sort_key(text: str) -> str:
    """Return a key of a–z, 0–9 and spaces that puts Danish names in order: … z, æ, ø, å.

    SQLite and PostgreSQL order "Å" differently and neither as Danes do without ICU, which not every
    PostgreSQL has; so the order is made here and stored.

    >>> sorted(["Ærø", "Aabenraa", "Zebra", "Odense"], key=sort_key)
    ['Odense', 'Zebra', 'Ærø', 'Aabenraa']
    """
    key = fold(text)
    for letter, replacement in _LAST_LETTERS:
        key = key.replace(letter, replacement)
    decomposed = unicodedata.normalize("NFKD", key)
    kept = (char if char.isalnum() else " " for char in decomposed if not unicodedata.combining(char))
    return " ".join("".join(kept).encode("ascii", "ignore").decode().split())
