"""Examples of answers, made of the schemas: every key that may be there, with a likely value."""

from typing import Any

BY_FORMAT: dict[str, Any] = {
    "uuid": "d0ea366f-725b-5fc8-8741-6afd629b24e9",
    "date": "2026-11-22",
    "date-time": "2026-11-22T08:30:00Z",
    "email": "vejviser@kommune.example",
    "uri": "https://vejviser.example/",
}
BY_TYPE: dict[str, Any] = {"string": "Tekst", "integer": 1, "number": 1.0, "boolean": True}


def sample(schema: dict[str, Any], schemas: dict[str, Any]) -> Any:
    """Return a value that fits `schema`, whose references lead into `schemas`."""
    if "$ref" in schema:
        return sample(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    if schema.get("examples"):
        return schema["examples"][0]
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "array":
        return [sample(schema["items"], schemas)]
    if "properties" in schema:
        return {name: sample(part, schemas) for name, part in schema["properties"].items()}
    if schema.get("type") == "object":
        return {"navn": sample(schema["additionalProperties"], schemas)}
    return BY_FORMAT.get(schema.get("format", ""), BY_TYPE[schema["type"]])
