"""`/healthz` and `/readyz`: alive, and able to serve."""

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder


def test_alive_without_a_database(client):
    response = client.get("/healthz")
    assert response.json() == {"status": "ok"}
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_ready_when_the_database_has_every_migration(client):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (
        200,
        {"database": "ok", "migrations": "ok", "search": "ok"},
    )


@pytest.mark.django_db
def test_not_ready_when_a_migration_is_missing(client):
    MigrationRecorder.Migration.objects.filter(app="policies").delete()
    response = client.get("/readyz")
    assert (response.status_code, response.json()["migrations"]) == (503, "pending")


@pytest.mark.django_db
def test_not_ready_when_the_database_does_not_answer(client):
    def gone(*args):
        raise DatabaseError("gone")

    with connection.execute_wrapper(gone):
        response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"database": "unreachable"})
