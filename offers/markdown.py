"""Editors' Markdown, made into HTML that can do no harm."""

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

ALLOWED_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "h3", "h4", "hr"}
ALLOWED_ATTRIBUTES = {"a": {"href"}}
# A page has one h1 and its own h2s, so an editor's headings begin at h3.
_HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}


def _lower_headings(self, tokens, index, options, env):
    """Render a heading below the page's own."""
    tokens[index].tag = _HEADINGS[tokens[index].tag]
    return self.renderToken(tokens, index, options, env)


_parser = MarkdownIt("commonmark", {"html": False, "breaks": False})
_parser.add_render_rule("heading_open", _lower_headings)
_parser.add_render_rule("heading_close", _lower_headings)


def render(text: str) -> SafeString:
    """Return `text` as HTML with paragraphs, lists, links and headings from h3, and nothing else."""
    html = _parser.render(text)
    clean = nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
    )
    return SafeString(clean)


def plain(text: str) -> list[str]:
    """Return the paragraphs, list items and headings of `text` as one reads them, without markup."""
    blocks = []
    for token in _parser.parse(text):
        if token.type in {"fence", "code_block"}:
            blocks.append(" ".join(token.content.split()))
        elif token.type == "inline":
            inner = (child.content if child.content else " " for child in _read(token.children))
            blocks.append(" ".join("".join(inner).split()))
    return [block for block in blocks if block]


def _read(tokens):
    """Return the tokens of a line that are read: its text, and where it breaks."""
    return [token for token in tokens if token.type in {"text", "code_inline", "softbreak", "hardbreak"}]
