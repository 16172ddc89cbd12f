"""The filters that stand beside the list of offers."""

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from offers.filters import OfferFilter
from offers.frames import place
from offers.templatetags.choices import Places, framed
from offers.templatetags.wording import count_of, show_in_words

# What is typed; all else is chosen.
TYPED = ("q", "alder", "alder_til")


def panel(found: OfferFilter) -> SafeString:
    """Return the filters as HTML: what is typed, what is chosen, and the count of each choice.

    Most of it is the same wherever the same is chosen, so it is kept, and filled in.
    """
    texts = {name: found.data.get(name) or "" for name in TYPED}
    texts["show"] = show_in_words(len(found.answer.keys))
    counts = found.answer.counts
    if found.form.errors:
        return _rendered(found, texts, counts)
    chosen = tuple(tuple(found.data.getlist(name)) for name in found.form.fields if name not in TYPED)
    there = {name: conditional_escape(text) for name, text in texts.items() if text}
    frame = framed(
        ("panel", found.active_count, found.is_active, tuple(there), chosen),
        lambda: _rendered(
            found,
            {name: place(name) if name in there else "" for name in texts},
            {group: Places(f"{group}:") for group in counts},
        ),
    )

    def value(name: str) -> str:
        group, _, choice = name.partition(":")
        return str(count_of(counts[group], choice)) if choice else there[name]

    return frame.filled(value)


def _rendered(found: OfferFilter, texts: Mapping[str, str], counts: Mapping[str, Mapping]) -> SafeString:
    """Return the HTML of the filters, with `texts` for what is typed."""
    return render_to_string("offers/_filters.html", {"filter": found, "texts": texts, "counts": counts})
