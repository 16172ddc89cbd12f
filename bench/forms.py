"""Somebody of the staff at a form of the desk, over the wire: opens it, changes a field, and saves it."""

from html.parser import HTMLParser
from http.client import HTTPResponse, HTTPSConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from bench.machines import TLS

# Fields that are sent only when they are pressed or filled.
UNSENT = {"submit", "file", "button", "image"}


class Form(HTMLParser):
    """What a browser would send from a form that nobody has touched."""

    def __init__(self, name: str, html: str):
        """Read the form whose `id` is `name`."""
        super().__init__()
        self.values: list[tuple[str, str]] = []
        self._name, self._is_inside, self._open = name, False, ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the value of a field."""
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._is_inside = told.get("id") == self._name
        name = told.get("name", "")
        if not self._is_inside or "disabled" in told:
            return
        kind = told.get("type", "text")
        if tag in {"select", "textarea"}:
            self._open = name
            if tag == "textarea":
                self.values.append((name, ""))
        elif tag == "option" and "selected" in told:
            self.values.append((self._open, told.get("value", "")))
        elif tag == "input" and name and kind not in UNSENT:
            is_ticked = kind in {"checkbox", "radio"}
            if not is_ticked or "checked" in told:
                self.values.append((name, told.get("value", "on" if is_ticked else "")))

    def handle_data(self, data: str) -> None:
        """Take the text of a large field."""
        if self._is_inside and self._open and self.values and self.values[-1][0] == self._open:
            name, text = self.values[-1]
            if self.lasttag == "textarea":
                # Browsers leave out the line break after the tag.
                self.values[-1] = name, text + (data if text else data.removeprefix("\n"))

    def handle_endtag(self, tag: str) -> None:
        """Leave a field, or the form."""
        if tag in {"select", "textarea"}:
            self._open = ""
        if tag == "form":
            self._is_inside = False

    def with_value(self, name: str, value: str) -> str:
        """Return what is sent when one field says something else."""
        kept = [(key, one) for key, one in self.values if key != name]
        return urlencode([*kept, (name, value)])


class Desk:
    """One who is logged in, behind nginx with TLS on a port of this machine."""

    def __init__(self, port: int, cookie: str):
        """`cookie` is that of the session."""
        self.port, self.cookies = port, SimpleCookie(cookie)

    def _ask(self, method: str, path: str, body: str = "") -> tuple[HTTPResponse, str]:
        """Return the answer and its text."""
        connection = HTTPSConnection("127.0.0.1", self.port, timeout=30, context=TLS)
        cookie = "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())
        headers = {"Host": "127.0.0.1", "Referer": f"https://127.0.0.1{path}", "Cookie": cookie}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body=body or None, headers=headers)
            answer = connection.getresponse()
            for told in answer.headers.get_all("Set-Cookie", ()):
                self.cookies.load(told)
            return answer, answer.read().decode()
        finally:
            connection.close()

    def saves(self, path: str, form: str, name: str, value: str) -> int:
        """Open a page, change one field of its form, and save; return the status, 302 when it is stored."""
        page, html = self._ask("GET", path)
        if page.status != 200:
            return page.status
        return self._ask("POST", path, Form(form, html).with_value(name, value))[0].status
