"""The demo accounts: one for each role on a developer’s machine, and refused everywhere else."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command

from directory.people import checks
from directory.people.adapters import WRONG
from directory.people.demo import DEMO_PASSWORD, DEMO_SECRET, DEMOS
from directory.people.views import code_now
from tests.staff import DESK, LOG_IN, ROLES, give_code, give_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    """Make the demo accounts, as ./dev does."""
    settings.DEBUG = True
    told = StringIO()
    call_command("create_demo_users", stdout=told)
    return told.getvalue()


def test_each_role_has_a_demo_account_whose_code_is_told(client, demo):
    assert all(account.username in demo for account in DEMOS)
    assert {account.role for account in DEMOS} == set(ROLES)
    assert DEMO_PASSWORD in demo
    for account in DEMOS:
        page = client.post(LOG_IN, {"login": account.username, "password": DEMO_PASSWORD}, follow=True)
        assert f"koden er lige nu {code_now(DEMO_SECRET)}" in page.text
        assert give_code(client, code_now(DEMO_SECRET))["Location"] == DESK
        assert client.get(DESK).status_code == 200
        client.logout()


def test_demo_accounts_are_refused_where_the_public_might_be(client, demo, settings):
    assert checks.no_demo_accounts(None) == []
    settings.DEBUG = False
    (error,) = checks.no_demo_accounts(None)
    assert error.id == "vejviser.E001"
    assert "demo-redaktoer" in error.msg
    assert "create_demo_users --delete" in error.hint
    assert WRONG in give_password(client, "demo-redaktoer", DEMO_PASSWORD).text
    call_command("create_demo_users", "--delete", stdout=StringIO())
    assert checks.no_demo_accounts(None) == []


def test_a_code_that_everybody_knows_is_refused_under_any_name(person):
    user = person()
    Authenticator.objects.filter(user=user).update(data={"secret": DEMO_SECRET})
    assert "karen" in checks.no_demo_accounts(None)[0].msg
