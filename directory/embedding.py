"""Which other sites may show a part of ours in a frame of theirs: only the addresses below `/indlejr/`."""

import re

from directory.environment import read, require

# An origin, as a browser names the page around a frame; a whole domain by an asterisk at its beginning.
_ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9.-]+(:\d{1,5})?")

EMBED_ORIGINS: list[str] = read("EMBED_ORIGINS", str, "").replace(",", " ").split()
for _origin in EMBED_ORIGINS:
    require(
        _origin == "*" or _ORIGIN.fullmatch(_origin),
        f"EMBED_ORIGINS har “{_origin}”: skriv fx https://www.roskilde.dk, eller * for alle.",
    )
