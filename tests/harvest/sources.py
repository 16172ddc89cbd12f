"""Other directories, as the tests need them: whole, with holes, and of ill will."""

import json
from contextlib import contextmanager
from io import StringIO
from urllib.parse import parse_qs, urlsplit

from django.apps import apps
from django.core.management import call_command

from offers.models import Offer, Organisation, Venue
from tests.links.servers import site

ORGANISATION = "7b1f8e5e-6a5e-4b6e-9d1a-000000000001"
SERVICE = "7b1f8e5e-6a5e-4b6e-9d1a-000000000002"
PLACE = "7b1f8e5e-6a5e-4b6e-9d1a-000000000003"


def a_service(**more):
    """Return a service as another directory may have it."""
    return {
        "id": SERVICE,
        "name": "Fællesspisning",
        "status": "active",
        "description": "Spis med andre hver uge.",
        "organization": {"id": ORGANISATION, "name": "Foreningen Bordet", "description": "Forening"},
        **more,
    }


def take(source, *flags, **options):
    """Run the command, and return what it says."""
    out = StringIO()
    call_command("import_hsds", str(source), *flags, stdout=out, **options)
    return out.getvalue()


def file_of(folder, *services, name="tilbud.ndjson"):
    """Write services to a file, one a line, and return its path."""
    path = folder / name
    path.write_text("".join(f"{json.dumps(each)}\n" for each in services))
    return path


def empty():
    """Take away all that an export tells of, and what holds on to it; the vocabularies stay."""
    for model in apps.get_app_config("policies").get_models(include_auto_created=True):
        model._base_manager.all()._raw_delete("default")
    Offer._base_manager.all().delete()
    Venue._base_manager.all().delete()
    Organisation._base_manager.update(parent=None)
    Organisation._base_manager.all().delete()


@contextmanager
def directory(pages, settings):
    """Serve the API of another directory: `pages` has the contents of each list."""

    def answer(name):
        def send(handler):
            asked = parse_qs(urlsplit(handler.path).query)
            number, size = int(asked.get("page", ["1"])[0]), int(asked.get("per_page", ["50"])[0])
            found = pages[name][(number - 1) * size : number * size]
            total = -(-len(pages[name]) // size)
            page = {"total_pages": total, "last_page": number >= total, "empty": not found}
            send_json(handler, page | {"contents": found})

        return send

    routes = {f"/hsds/{name}": answer(name) for name in pages}
    routes["/hsds"] = lambda handler: send_json(
        handler, {"version": "3.2", "profile": "https://example.dk"}
    )
    with site(routes) as server:
        settings.LINK_LOOPBACK_PORTS = frozenset({server.port})
        server.base = f"{server.at}/hsds"
        yield server


def send_json(handler, value):
    """Answer with JSON."""
    body = json.dumps(value).encode()
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)
