"""What the tests of lists share: three offers, and a close look at the page of a list."""

import pytest

from tests.test_offer_list import make_offer
from tests.test_pages import assert_valid


@pytest.fixture
def offers():
    """Return three published offers with codes that can be read aloud."""
    return [
        make_offer(f"tilbud-{code}", code=code, title=f"Hjælp {code}") for code in ("ab12", "cd34", "ef56")
    ]


@pytest.fixture
def shown(visitor):
    """Return a function that gives the page of the list with these codes."""

    def show(some="ab12 cd34 ef56", **query):
        response = visitor.get("/liste/", {"tilbud": some, **query})
        assert response.status_code == 200
        html = response.content.decode()
        assert_valid(html, str(query))
        return html

    return show
