"""How hard our texts are to read: the formula, the offers we ship, and what the pages say by themselves."""

import re

import pytest

from offers.lix import EASY, lix
from offers.models import Offer
from tests.conftest import ROOT

# What is no sentence of ours: comments, scripts, and the text that a variable brings.
SILENT = re.compile(r"\{#.*?#\}|<!--.*?-->|<script.*?</script>", re.DOTALL)
TRANSLATED = re.compile(r'\{% translate "(.*?)"[^"%]*%\}')
INLINE = re.compile(r"</?(?:a|strong|em|span)\b[^>]*>")
SENTENCE = re.compile(r"[^.!?]+(?:\.(?!\s|$)[^.!?]*)*[.!?](?=\s|$)")
# Björnsson puts books for children at 25 and below.
VERY_EASY = 25
# Fewer words than these are a label or a button.
FEWEST_WORDS = 4
PUBLIC = sorted(
    path for path in (ROOT / "templates").rglob("*.html") if "admin" not in path.relative_to(ROOT).parts
)


def sentences(template: str) -> list[str]:
    """Return the whole sentences that stand in a template; a variable is a short word in them."""
    template = TRANSLATED.sub(r"\1", SILENT.sub("", template))
    text = re.sub(r"\{\{.*?\}\}", "x", template, flags=re.DOTALL)
    text = INLINE.sub("", re.sub(r"\{%.*?%\}", " ", text, flags=re.DOTALL))
    blocks = (" ".join(block.split()) for block in re.split(r"<[^>]*>", text))
    found = (sentence.strip() for block in blocks for sentence in SENTENCE.findall(block))
    return [sentence for sentence in found if len(sentence.split()) >= FEWEST_WORDS]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi taler sammen i dag. Du kan komme nu.", 4),  # 9 words, 2 sentences, none long
        ("Kommunen afgør det.", 36),  # 3 words, 1 sentence, 1 long: 3 + 33
        ("Kom kl. 9.30 eller kl. 11", 6),  # the full stops of times and abbreviations end nothing
        ("Er du ung?\nHer er en chat", 4),  # a line ends a sentence, too
        ("Ring 116 111 eller 2017–2018.", 5),  # figures are words, and never long
        ("", None),
        ("?!", None),
    ],
)
def test_the_number_is_bjoernssons(text, expected):
    assert lix(text) == expected


@pytest.mark.django_db
def test_what_stands_in_lists_about_an_offer_is_easy_to_read():
    hard = {offer.slug: lix(offer.summary) for offer in Offer.objects.all() if lix(offer.summary) > EASY}
    assert hard == {}


@pytest.mark.django_db
def test_a_text_that_says_it_is_easy_is_as_easy_as_a_book_for_children():
    easy = {offer.slug: lix(offer.easy_text) for offer in Offer.objects.exclude(easy_text="")}
    assert easy
    assert {slug: number for slug, number in easy.items() if number > VERY_EASY} == {}


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: path.name)
def test_what_a_page_says_by_itself_is_easy_to_read(path):
    said = sentences(path.read_text())
    assert not said or lix("\n".join(said)) <= EASY, said


def test_a_hard_sentence_in_a_template_would_be_found():
    hard = "<p>Kommunalbestyrelsen behandler <a href='/'>ansøgningen</a> {{ naar }}. Kort.</p>"
    assert sentences(hard) == ["Kommunalbestyrelsen behandler ansøgningen x."]
    assert lix(sentences(hard)[0]) > EASY
    marked = '<p>{% translate "Kommunalbestyrelsen behandler ansøgningen nu." %}</p>'
    assert sentences(marked) == ["Kommunalbestyrelsen behandler ansøgningen nu."]
