"""The OpenAPI 3.1 file of an API, made of the models that read its parameters and write its answers."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema

from offers.api.endpoint import Endpoint, nothing, open_to_all, said
from offers.api.parameters import Asked, read
from offers.api.problems import CONTENT_TYPE, Problem
from offers.api.records import NDJSON
from offers.api.samples import sample

REF = "#/components/schemas/"
ETAG = {"ETag": {"description": "Svarets mærke; send det i If-None-Match.", "schema": {"type": "string"}}}


class _WithoutNull(GenerateJsonSchema):
    """What is not known is left out, so no value is ever null."""

    def nullable_schema(self, schema: Any) -> dict[str, Any]:
        """Return the schema of the value that is there."""
        return self.generate_inner(schema["schema"])


@dataclass(frozen=True)
class Api:
    """An open API: where it is, what it is called, and its addresses; `base` has no slash at its end."""

    base: str
    title: str
    version: str
    description: str
    licence: tuple[str, str]
    endpoints: tuple[Endpoint, ...]

    def urls(self) -> list[URLPattern]:
        """Return the addresses, for Django; whatever else is below the base is answered with a problem."""
        base = self.base.removeprefix("/")
        found = []
        for endpoint in self.endpoints:
            view = open_to_all(endpoint.view)
            if endpoint.path == "/":
                found.append(re_path(rf"^{base}/?$", view))
            else:
                found.append(path(base + endpoint.path.replace("{id}", "<str:id>"), view))
        found.append(path(f"{base}/openapi.json", open_to_all(self.file)))
        return [*found, re_path(rf"^{base}/(?P<rest>.*)$", open_to_all(nothing))]

    def file(self, request: HttpRequest) -> HttpResponse:
        """Answer with the OpenAPI file."""
        read(request.GET, Asked)
        return said(request, json.dumps(self.document, ensure_ascii=False).encode())

    @cached_property
    def document(self) -> dict[str, Any]:
        """The OpenAPI file."""
        models: list[tuple[Any, JsonSchemaMode]] = [(Problem, "serialization")]
        for endpoint in self.endpoints:
            models += [(endpoint.record, "serialization"), (endpoint.asked, "validation")]
        references, whole = models_json_schema(
            list(dict.fromkeys(models)), ref_template=f"{REF}{{model}}", schema_generator=_WithoutNull
        )
        schemas = _tidied(whole["$defs"])
        names = {model: reference["$ref"].removeprefix(REF) for model, reference in references.items()}
        asked = {endpoint.asked for endpoint in self.endpoints}
        parameters = {model: _parameters(schemas.pop(names[model, "validation"])) for model in asked}
        paths = {
            endpoint.path: {
                "get": _operation(
                    endpoint, parameters[endpoint.asked], names[endpoint.record, "serialization"], schemas
                )
            }
            for endpoint in self.endpoints
        }
        return {
            "openapi": "3.1.0",
            "info": {
                "title": self.title,
                "version": self.version,
                "description": self.description,
                "license": {"name": self.licence[0], "url": self.licence[1]},
            },
            "servers": [{"url": f"{settings.BASE_URL}{self.base}"}],
            "paths": paths,
            "components": {"schemas": schemas},
        }


def _operation(
    endpoint: Endpoint, parameters: list[dict[str, Any]], record: str, schemas: dict[str, Any]
) -> dict[str, Any]:
    """Return how one address is described."""
    schema = {"$ref": REF + record}
    answers: dict[str, Any] = {
        "200": {
            "description": "Svaret.",
            "headers": ETAG,
            "content": {
                "application/json": {"schema": schema, "example": sample(schema, schemas)},
                **({NDJSON: {}} if "format" in endpoint.asked.model_fields else {}),
            },
        },
        "304": {"description": "Intet er ændret, siden du sidst hentede det."},
        "400": _problem("En parameter er forkert eller ukendt."),
        "406": _problem("Accept siger, at klienten ikke kan læse svaret."),
    }
    if endpoint.is_single:
        answers["404"] = _problem("Der er ingen post med det id.")
        parameters = [ID, *parameters]
    elif parameters:
        answers["404"] = _problem("Listen har ikke så mange sider.")
    return {
        "operationId": endpoint.operation_id,
        "tags": [endpoint.tag],
        "summary": endpoint.summary,
        "description": endpoint.description,
        "parameters": parameters,
        "responses": answers,
    }


ID = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "Postens id, som det står i listen. (The id of the item, as given in the list.)",
    "schema": {"type": "string", "format": "uuid"},
}


def _problem(description: str) -> dict[str, Any]:
    """Return how an answer that is a problem document is described."""
    schema = {"$ref": f"{REF}{Problem.__name__}"}
    return {"description": description, "content": {CONTENT_TYPE: {"schema": schema}}}


def _parameters(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the parameters that the model with this schema reads."""
    found = []
    for name, described in schema.get("properties", {}).items():
        told = dict(described)
        parameter = {"name": name, "in": "query", "required": False}
        if description := told.pop("description", ""):
            parameter["description"] = description
        if examples := told.pop("examples", []):
            parameter["example"] = examples[0]
        found.append({**parameter, "schema": told})
    return found


def _tidied(schema: Any) -> Any:
    """Return a schema without what says nothing: titles made of names, defaults that mean “not there”.

    That there are no other keys is true today and no promise.
    """
    if isinstance(schema, list):
        return [_tidied(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    gone = {name for name, value in schema.items() if (name, value) in NOTHING}
    if isinstance(schema.get("title"), str):
        gone.add("title")
    return {name: _tidied(value) for name, value in schema.items() if name not in gone}


NOTHING = [("default", None), ("additionalProperties", False)]
