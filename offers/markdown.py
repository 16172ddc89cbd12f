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
