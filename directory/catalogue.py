"""What data there is, for data portals that harvest: DCAT-AP 2 in JSON-LD, at an address of its own."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override

from offers.api.endpoint import said
from offers.api.parameters import Asked, read
from offers.hsds import kept
from offers.hsds.api import API as OFFERS
from offers.hsds.api import LICENCE
from offers.hsds.files import ALL, BulkFile
from policies.api.api import API as POLICIES

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
# The European vocabularies that portals expect: files, languages and themes.
FILES = "http://publications.europa.eu/resource/authority/file-type/"
DANISH = {"@id": "http://publications.europa.eu/resource/authority/language/DAN"}
SOCIETY = {"@id": "http://publications.europa.eu/resource/authority/data-theme/SOCI"}
GOVERNMENT = {"@id": "http://publications.europa.eu/resource/authority/data-theme/GOVE"}
DAILY = {"@id": "http://publications.europa.eu/resource/authority/frequency/DAILY"}


def catalogue(request: HttpRequest) -> HttpResponse:
    """Answer with the catalogue."""
    read(request.GET, Asked)
    known = kept.known(file.name for file in ALL)
    site = settings.BASE_URL
    about = f"{site}{reverse('data')}"
    publisher = {"@type": "foaf:Agent", "foaf:name": settings.OPERATOR or settings.SITE_NAME}
    told = {
        "@context": CONTEXT,
        "@id": about,
        "@type": "dcat:Catalog",
        "dct:title": _danish(f"Åbne data fra {settings.SITE_NAME}"),
        "dct:description": _danish("Tilbud om hjælp, og hvad kommunen vil med dem."),
        "dct:publisher": publisher,
        "dct:language": DANISH,
        "foaf:homepage": {"@id": site},
        "dcat:dataset": [
            {
                **_dataset("tilbud", "Tilbud om hjælp", OFFERS.description, publisher),
                "dcat:theme": SOCIETY,
                "dcat:distribution": [
                    *(_file(file, known.get(file.name)) for file in ALL),
                    _distribution("API efter HSDS 3.2", OFFERS.base, "JSON", "application/json"),
                ],
            },
            {
                **_dataset("politik", "Politikker og udvalg", POLICIES.description, publisher),
                "dcat:theme": GOVERNMENT,
                "dcat:distribution": [_distribution("API", POLICIES.base, "JSON", "application/json")],
            },
        ],
    }
    response = said(request, json.dumps(told, ensure_ascii=False).encode())
    if response.status_code == 200:
        response.headers["Content-Type"] = "application/ld+json"
    return response


def _dataset(name: str, title: str, description: str, publisher: dict[str, str]) -> dict[str, Any]:
    """Return what is the same for all data sets."""
    contact = {"@type": "vcard:Organization", "vcard:fn": publisher["foaf:name"]}
    if settings.CONTACT_EMAIL:
        contact["vcard:hasEmail"] = f"mailto:{settings.CONTACT_EMAIL}"
    return {
        "@id": f"{settings.BASE_URL}{reverse('data')}#{name}",
        "@type": "dcat:Dataset",
        "dct:identifier": name,
        "dct:title": _danish(title),
        "dct:description": _danish(description),
        "dct:publisher": publisher,
        "dcat:contactPoint": contact,
        "dct:language": DANISH,
        "dct:accrualPeriodicity": DAILY,
        "dcat:landingPage": {"@id": f"{settings.BASE_URL}{reverse('data')}"},
    }


def _file(file: BulkFile, made: kept.Kept | None) -> dict[str, Any]:
    """Return a file as a way to get a data set; its size and checksum when it is already made."""
    path = reverse(file.name)
    with override("da"):
        told = _distribution(str(file.title), path, file.kind, file.content_type.partition(";")[0])
    told["dcat:downloadURL"] = {"@id": f"{settings.BASE_URL}{path}"}
    if made:
        told["dcat:byteSize"] = _typed("decimal", made.size)
        told["dct:modified"] = _typed("dateTime", made.changed.isoformat())
        told["spdx:checksum"] = {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": _typed("hexBinary", made.checksum),
        }
    return told


def _distribution(title: str, path: str, file_type: str, media_type: str) -> dict[str, Any]:
    """Return one way to get a data set."""
    address = {"@id": f"{settings.BASE_URL}{path}"}
    return {
        "@type": "dcat:Distribution",
        "dct:title": _danish(title),
        "dcat:accessURL": address,
        "dct:license": {"@id": LICENCE[1]},
        "dct:format": {"@id": f"{FILES}{file_type}"},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media_type}"},
    }


def _typed(kind: str, value: object) -> dict[str, str]:
    """Return a value with the type of XML Schema that DCAT-AP demands of it."""
    return {"@type": f"xsd:{kind}", "@value": str(value)}


def _danish(text: str) -> dict[str, str]:
    """Return a text with its language."""
    return {"@value": text, "@language": "da"}
