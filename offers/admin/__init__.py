"""The editors' desk for offers, one aggregate a module; importing it registers the pages."""

from offers.admin import (
    contact,
    imports,
    inbox,
    law,
    offer,
    organisation,
    place,
    taxonomy,
    upkeep,
    versions,
    words,
)

__all__ = [
    "contact",
    "imports",
    "inbox",
    "law",
    "offer",
    "organisation",
    "place",
    "taxonomy",
    "upkeep",
    "versions",
    "words",
]
