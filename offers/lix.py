"""How hard a Danish text is to read, by Björnsson's readability number (LIX)."""

import re

# Carl-Hugo Björnsson, “Läsbarhet” (1968): a word is long when it has more than six letters.
LONG = 6
# What our own texts may be at most: a little above easy text for adults, which he puts at 30.
EASY = 35

# A full stop also stands in abbreviations and times (“kl. 9.30”), so a capital letter must follow it.
_SENTENCE_END = re.compile(r"[!?:]+(?=\W|$)|[.…]+[”“\"')]*(?=\s+[^\w\s]*[A-ZÆØÅ]|\s*$)|\n")
_WORD = re.compile(r"\w+(?:[-–.,’']\w+)*")
_LETTER = re.compile(r"[^\W\d_]")


def lix(text: str) -> int | None:
    """Return words / sentences + 100 × long words / words, rounded; None for a text without words.

    A line ends a sentence. Figures are words, as Björnsson has it, but only letters make a word long.

    >>> lix("Vi taler sammen. Du kan være anonym.")
    4
    >>> lix("Kommunalbestyrelsen behandler ansøgningen.")
    103
    """
    sentences = [words for part in _SENTENCE_END.split(text) if (words := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return None
    long = sum(len(_LETTER.findall(word)) > LONG for word in words)
    return round(len(words) / len(sentences) + 100 * long / len(words))
