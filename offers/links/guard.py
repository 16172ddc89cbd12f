"""Where the link check may connect: to public web servers, and never to a machine of our own network.

Editors and imports say what is looked at, so an address may be a trap: a name that leads to this machine,
to the metadata of a cloud, or first to one address and then to another. So a name is resolved once, every
answer is looked at, and the connection goes to an address that was.
"""

import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urlsplit

Address = IPv4Address | IPv6Address
# Returns the addresses of a name, or raises OSError.
Resolver = Callable[[str], list[str]]

PORTS = {"http": 80, "https": 443}
# Letters that may stand in a path or query as they are; everything else is coded.
_SAFE = "/%:=&?~#+!$,;'@()*[]-._"
# Public by their numbers, at least to some Pythons, but not by what they do. They wrap an IPv4 address:
# NAT64, 6to4, Teredo, the old compatible form (RFC 6052, 8215, 3056, 7526, 4380, 4291). Or clouds tell
# secrets there to whoever asks: Azure, Oracle (RFC 6890).
_CLOSED = [
    *(ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")),
    *(ip_network(net) for net in ("192.88.99.0/24", "168.63.129.16/32", "192.0.0.0/24")),
]


class RefusedError(Exception):
    """The address is none that we look at."""


@dataclass(frozen=True)
class Target:
    """One request: to which machine, on which port, for which host, and what is asked for."""

    scheme: str
    host: str  # as it stands in the certificate: small letters, IDNA
    port: int
    path: str  # with the query

    @property
    def name(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if PORTS[self.scheme] == self.port else f"{host}:{self.port}"


def resolved(host: str) -> list[str]:
    """Return the addresses of `host`; raises OSError when it has none."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def is_public(address: Address) -> bool:
    """Whether an address is that of a machine out in the world, by IANA's registries and by `_CLOSED`."""
    special = address.is_multicast or address.is_reserved or address.is_unspecified
    if isinstance(address, IPv6Address):
        special = special or bool(address.ipv4_mapped or address.scope_id or address.is_site_local)
    return (
        address.is_global
        and not special
        and not any(address.version == net.version and address in net for net in _CLOSED)
    )


@dataclass(frozen=True)
class Guard:
    """Says where one may connect. `loopback` are ports of this machine, for tests with a server here."""

    resolver: Resolver = resolved
    loopback: frozenset[int] = field(default_factory=frozenset)

    def target(self, url: str) -> Target:
        """Return the request that `url` asks for; raises RefusedError with the reason in Danish."""
        if any(char.isspace() or not char.isprintable() or char == "\\" for char in url):
            raise RefusedError("Adressen har tegn, der ikke må stå i en adresse.")
        try:
            parts = urlsplit(url)
            port = parts.port
            host = (parts.hostname or "").rstrip(".").encode("idna").decode().lower()
        except ValueError:  # UnicodeError is one
            raise RefusedError("Adressen kan ikke læses.") from None
        if parts.scheme not in PORTS or not host:
            raise RefusedError("Adressen begynder ikke med http:// eller https://.")
        if parts.username is not None or parts.password is not None:
            raise RefusedError("Der står et brugernavn i adressen.")
        port = PORTS[parts.scheme] if port is None else port
        if port not in PORTS.values() and port not in self.loopback:
            raise RefusedError(f"Adressen bruger port {port}. Vi ser kun på port 80 og 443.")
        path = quote(parts.path or "/", safe=_SAFE)
        if parts.query:
            path += f"?{quote(parts.query, safe=_SAFE)}"
        return Target(parts.scheme, host, port, path)

    def addresses(self, target: Target) -> list[str]:
        """Return where to connect for `target`, asking its name once; IPv4 first, which every net has.

        Raises RefusedError when any answer is not public, and OSError when there is none.
        """
        found = self.resolver(target.host)
        if not found:
            raise OSError("no address")
        for one in found:
            try:
                address = ip_address(one)
            except ValueError:
                raise RefusedError("Navnet fører til en adresse, der ikke kan læses.") from None
            ours = address.is_loopback and target.port in self.loopback
            if not ours and not is_public(address):
                raise RefusedError("Adressen fører til et internt net. Det ser vi ikke på.")
        return sorted(found, key=lambda one: ":" in one)
