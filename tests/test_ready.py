"""What a server asks itself for before it has processes is answered as it is to everybody."""

import pytest

from directory.ready import USUAL, asked
from directory.wsgi import application
from tests.closing import kept_open

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", USUAL)
@pytest.mark.parametrize("base", ["https://vejviser.example", "http://127.0.0.1:8000"])
def test_usual_pages_are_there(settings, path, base):
    settings.BASE_URL = base
    settings.ALLOWED_HOSTS = ["vejviser.example", "127.0.0.1"]
    settings.SECURE_SSL_REDIRECT = base.startswith("https")
    told = []
    with kept_open():
        application(asked(path), lambda status, _: told.append(status)).close()
    assert told == ["200 OK"]
