"""The editors' handbook on the desk: the Markdown files of `docs/haandbog/`, read by those who work here.

The same files are read on a code host, so their links and pictures are relative there, and are given the
addresses of the desk here.
"""

from pathlib import Path

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from directory.environment import BASE_DIR

FOLDER = BASE_DIR / "docs" / "haandbog"
CONTENTS = "README"
# A page from outside the folder that the handbook leads to.
ROLES = BASE_DIR / "docs" / "roller.md"

# Our own files, reviewed as code; what is HTML in them is shown as text all the same.
_parser = MarkdownIt("commonmark", {"html": False}).enable("table")


def pages() -> dict[str, Path]:
    """Return the file of each page by its name; nothing else in the house can be asked for."""
    return {file.stem: file for file in (*FOLDER.glob("*.md"), ROLES)}


def pictures() -> dict[str, Path]:
    """Return the file of each picture by its name."""
    return {file.stem: file for file in (FOLDER / "billeder").glob("*.png")}


def on_the_desk(address: str) -> str:
    """Return where a link or a picture of the files stands on the desk; a foreign address as it is."""
    if ":" in address:
        return address
    file, _, anchor = address.partition("#")
    name, kind = Path(file).stem, Path(file).suffix
    if kind == ".png":
        return reverse("handbook-picture", args=[name])
    there = reverse("handbook") if name == CONTENTS else reverse("handbook-page", args=[name])
    return f"{there}#{anchor}" if anchor else there


def rendered(text: str) -> tuple[str, SafeString]:
    """Return the title of a page, which is its first heading, and the rest as HTML."""
    tokens = _parser.parse(text)
    title, rest = tokens[1].content, tokens[3:]
    for token in (child for block in rest for child in [block, *(block.children or [])]):
        _place(token)
    # The parser has made safe what the files say: their HTML is shown as text, and no link is a script.
    return title, SafeString(_parser.renderer.render(rest, _parser.options, {}))


def _place(token: Token) -> None:
    """Give what leads somewhere its address on the desk."""
    for name in "href", "src":
        if address := token.attrGet(name):
            token.attrSet(name, on_the_desk(str(address)))


@require_safe
def page(request: HttpRequest, name: str = CONTENTS) -> HttpResponse:
    """Show one page; 404 when there is none of that name."""
    file = pages().get(name)
    if file is None:
        raise Http404
    title, body = rendered(file.read_text())
    context = {"title": title, "body": body, "is_contents": name == CONTENTS}
    return TemplateResponse(request, "admin/handbook.html", admin.site.each_context(request) | context)


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """Send one picture; 404 when there is none of that name."""
    file = pictures().get(name)
    if file is None:
        raise Http404
    return HttpResponse(file.read_bytes(), content_type="image/png")


urlpatterns = [
    path("", admin.site.admin_view(page), name="handbook"),
    path("<slug:name>/", admin.site.admin_view(page), name="handbook-page"),
    path("billeder/<slug:name>.png", admin.site.admin_view(picture), name="handbook-picture"),
]
