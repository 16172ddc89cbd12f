"""An OpenAPI file as the page about it shows it: addresses, what they take, and what they give."""

from dataclasses import dataclass
from typing import Any

from offers.api.openapi import REF, Api
from offers.api.problems import Fault, Problem

# Told in words on the page.
OF_PROBLEMS = (Problem.__name__, Fault.__name__)


@dataclass(frozen=True)
class Told:
    """A parameter of an address, or a key of an answer: its name, what may stand there, and what it is."""

    name: str
    value: str
    description: str
    always: bool
    # What may be chosen, where there are only so many; empty for what is typed.
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Address:
    """One address: its name in the file, method and path, what it takes, and the object that it gives."""

    name: str
    path: str
    summary: str
    description: str
    parameters: list[Told]
    gives: str


@dataclass(frozen=True)
class Kind:
    """One sort of object that an API gives, with its keys."""

    name: str
    description: str
    keys: list[Told]


@dataclass(frozen=True)
class Manual:
    """Everything about one API."""

    title: str
    description: str
    base: str
    file: str
    addresses: list[Address]
    kinds: list[Kind]


def manual(api: Api) -> Manual:
    """Return what the page shows of `api`."""
    document = api.document
    (server,) = document["servers"]
    base = server["url"]
    addresses = [
        Address(
            name=operation["operationId"],
            path=f"{method.upper()} {path}",
            summary=operation["summary"],
            description=operation["description"],
            parameters=[_parameter(each) for each in operation["parameters"]],
            gives=_name(operation["responses"]["200"]["content"]["application/json"]["schema"]),
        )
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    kinds = [
        Kind(name, schema.get("description", ""), _keys(schema))
        for name, schema in document["components"]["schemas"].items()
        if "properties" in schema and name not in OF_PROBLEMS
    ]
    info = document["info"]
    return Manual(info["title"], info["description"], base, f"{base}/openapi.json", addresses, kinds)


def _parameter(told: dict[str, Any]) -> Told:
    """Return a parameter of an address."""
    schema = told["schema"]
    choices = schema.get("enum", ["true", "false"] if schema.get("type") == "boolean" else [])
    return Told(
        told["name"],
        _value(schema),
        told.get("description", ""),
        told["required"],
        tuple(map(str, choices)),
    )


def _keys(schema: dict[str, Any]) -> list[Told]:
    """Return the keys of an object."""
    always = schema.get("required", [])
    return [
        Told(name, _value(part), part.get("description", ""), name in always)
        for name, part in schema["properties"].items()
    ]


def _name(schema: dict[str, Any]) -> str:
    """Return the name of the object that `schema` refers to."""
    return schema["$ref"].removeprefix(REF)


def _value(schema: dict[str, Any]) -> str:
    """Return in a few signs what may stand there."""
    if "$ref" in schema:
        return _name(schema)
    if "const" in schema:
        return str(schema["const"])
    if "enum" in schema:
        return ", ".join(map(str, schema["enum"]))
    if schema["type"] == "array":
        return f"[{_value(schema['items'])}]"
    said = schema.get("format", schema["type"])
    if "minimum" in schema and "maximum" in schema:
        return f"{said}, {schema['minimum']}–{schema['maximum']}"
    return said
