"""How the tests look at answers of the APIs."""

from jsonschema_rs import Draft202012Validator


def ids(answer):
    """Return the ids on a page, in their order."""
    return [item["id"] for item in answer["contents"]]


def assert_fits(api, operation_id, answer):
    """Fail unless the answer is as the OpenAPI file says, formats included."""
    for methods in api.document["paths"].values():
        operation = methods["get"]
        if operation["operationId"] == operation_id:
            told = operation["responses"]["200"]["content"]["application/json"]
            whole = {**told["schema"], "components": api.document["components"]}
            checker = Draft202012Validator(whole, validate_formats=True)
            errors = [*checker.iter_errors(answer), *checker.iter_errors(told["example"])]
            faults = [error.message for error in errors]
            assert faults == [], faults
            return
    raise AssertionError(operation_id)


def without_emptiness(value):
    """Whether nothing in `value` is null or an empty text."""
    if isinstance(value, dict):
        return all(map(without_emptiness, value.values()))
    if isinstance(value, list):
        return all(map(without_emptiness, value))
    return value not in (None, "")
