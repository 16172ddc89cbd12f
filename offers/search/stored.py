"""The words of a row as they are stored with it: folded, counted, by field. Pure.

Stemming and splitting come later, when the index is built: they hang on editors' rules, and a changed
rule must not touch every row.
"""

import json
from collections import Counter
from collections.abc import Mapping

from offers.search import law, letters

# Of one text; far more than any description has, and still a bound.
MOST_WORDS = 20_000


def counted(text: str) -> Counter[str]:
    """Return the folded words of `text`, and its references to law as terms, with their counts."""
    found = Counter(letters.words(text, MOST_WORDS))
    found.update(reference.term for reference in law.references(text))
    return found


def dumped(fields: Mapping[str, str]) -> str:
    """Return the counted words of each field that has any, as compact JSON."""
    words = {name: dict(counted(text)) for name, text in fields.items() if text}
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))


def offer_words(title: str, summary: str, keywords: str, *body: str) -> str:
    """Return what is stored with an offer; the texts of its body count as one."""
    texts = {
        "title": title,
        "summary": summary,
        "keywords": keywords,
        "body": "\n".join(filter(None, body)),
    }
    return dumped(texts)
