"""How often one address may send something. Nothing about a visitor is kept but a number under a hash."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

# A household has one IPv4 address, but 2⁶⁴ of IPv6 (RFC 6177).
OWN_BITS = {4: 32, 6: 64}


def address_of(request: HttpRequest) -> str:
    """Return the network that a request comes from: of IPv6 the first 64 bits; empty when it is not known.

    Each of the `PROXY_COUNT` servers in front adds to `X-Forwarded-For` the address that it was asked from;
    what stands before those was written by the visitor, and is not believed.
    """
    passed = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    count = settings.PROXY_COUNT
    known = passed[-count].strip() if 0 < count <= len(passed) else ""
    try:
        address = ip_address(known or request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return ""
    return str(ip_network((address.packed, OWN_BITS[address.version]), strict=False))


def may_go_on(request: HttpRequest, what: str, *, most: int, seconds: int) -> bool:
    """Count one more `what` from this address; return whether it is among the first `most`.

    The count begins with the first and is forgotten after `seconds`. It stands in the cache under a hash
    that is another each day, so that nobody can follow an address from one day to the next. Without
    a shared cache (`CACHE_URL`), each process counts for itself.
    """
    today = timezone.localdate().isoformat()
    key = f"{what}-{salted_hmac(f'{what} {today}', address_of(request), algorithm='sha256').hexdigest()}"
    counts = caches["visitors"]
    counts.add(key, 0, seconds)
    try:
        return counts.incr(key) <= most
    except ValueError:  # forgotten in between: a new count may begin
        return True
