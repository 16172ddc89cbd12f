"""Requests nobody thought of, made of the OpenAPI files: each answer is as the file says, and no fault.

Few of them, and the same each time; `schemathesis run` on a server makes as many as one likes.
"""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings

application = get_wsgi_application()
policies = schemathesis.openapi.from_wsgi("/api/politikker/openapi.json", application)
offers = schemathesis.openapi.from_wsgi("/api/hsds/openapi.json", application)


@pytest.fixture
def within_the_test(db):
    """Keep the connection to the database over a request, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


few = settings(
    max_examples=12,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@policies.parametrize()
@few
def test_an_answer_about_policies_is_as_the_file_says(case, within_the_test):
    case.call_and_validate(headers={"Accept-Encoding": "identity"})


@offers.parametrize()
@few
def test_an_answer_about_offers_is_as_the_file_says(case, within_the_test):
    case.call_and_validate(headers={"Accept-Encoding": "identity"})
