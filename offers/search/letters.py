"""The first step of search: one way to write each word, and the words of a text."""

import re
import unicodedata

WORD_LENGTH = 60  # letters; a longer token is no word of any language written with spaces
WORD_LIMIT = 400  # tokens of a text that are looked at, unless the caller says otherwise

# Invisible characters that stand inside a word: soft hyphen, joiners, byte order mark, text direction.
_INVISIBLE = "\u00ad\u034f\u200c\u200d\u200e\u200f\u2060\ufeff"
# Letters that no decomposition takes to what a Dane would type for them.
_OTHER = {"ä": "æ", "ö": "ø", "œ": "ø", "å": "å", "đ": "d", "ħ": "h", "ı": "i", "ł": "l", "ŧ": "t"}
# Marks as they remain after composition, when no letter has them built in.
_MARKS = range(0x0300, 0x0370)
# Where Unicode keeps Latin letters with marks: Latin-1 to Extended-B, and Extended Additional.
_LATIN = (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00))

_DIGRAPH = re.compile("a[ae]|oe")
_DANISH = {"aa": "å", "ae": "æ", "oe": "ø"}
_WORD = re.compile(r"[^\W_]+")


def _without_marks(letter: str) -> str:
    """Return a lower-case Latin letter without its marks, but with those that make a Danish letter."""
    base = letter
    while base not in _OTHER:
        decomposed = unicodedata.decomposition(base)
        if not decomposed or decomposed.startswith("<"):
            return base
        base = chr(int(decomposed.split()[0], 16))
    return _OTHER[base]


_LETTERS = (
    dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029), " ")
    | dict.fromkeys(_MARKS)
    | {code: plain for code in _LATIN if (plain := _without_marks(chr(code))) != chr(code)}
    | {ord(char): None for char in _INVISIBLE}
)


def fold(text: str) -> str:
    """Return `text` as the search compares it: small letters, “å” for “aa”, no foreign accents.

    Folding goes towards the Danish letters, since the stemmer knows those; text and query are folded
    alike, so that “aabenraa” finds “Åbenrå”. Idempotent, takes any string, linear in its length.

    >>> fold("RAADGIVNING paa Sønderbro Café")
    'rådgivning på sønderbro cafe'
    """
    if not text.isascii():
        # Small letters may decompose again ("İ"), and marks taken away may leave letters to compose.
        text = unicodedata.normalize("NFC", text).casefold()
        text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).translate(_LETTERS))
    else:
        text = text.lower().translate(_LETTERS)
    return _DIGRAPH.sub(lambda found: _DANISH[found[0]], text)


def words(text: str, limit: int = WORD_LIMIT) -> list[str]:
    """Return the first `limit` words of `text`, folded: runs of letters and digits, each cut at 60.

    >>> words("Børne-gruppe, 9–12 år")
    ['børne', 'gruppe', '9', '12', 'år']
    """
    found: list[str] = []
    for match in _WORD.finditer(fold(text)):
        if len(found) >= limit:
            break
        found.append(match[0][:WORD_LENGTH])
    return found
