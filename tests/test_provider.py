"""People log in at the municipality: a small OpenID provider on loopback, asked over HTTP."""

import base64
import hashlib
import json
import threading
import time
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from tests.staff import DESK, LOG_IN, PASSWORD
from tests.test_settings import PRODUCTION, manage

pytestmark = pytest.mark.django_db

START, CLIENT = "/konto/via/kommune/", "vejviser"
KEY = "kun til denne prøve, og langt nok til HS256"


class Provider(BaseHTTPRequestHandler):
    """Says who somebody is, as `server.claims` has it, to a client that proves it began (PKCE)."""

    def answer(self, data, status=200, **headers):
        body = json.dumps(data).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        own = self.server.address
        path, asked = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        if path == "/.well-known/openid-configuration":
            ends = {f"{name}_endpoint": f"{own}/{name}" for name in ("authorization", "token", "userinfo")}
            self.answer({"issuer": own, "jwks_uri": f"{own}/keys", **ends})
        elif path == "/authorization":
            assert asked["client_id"] == [CLIENT]
            self.server.challenge = asked["code_challenge"][0]
            back = {"state": asked["state"][0], **self.server.reply}
            self.answer({}, 302, Location=f"{asked['redirect_uri'][0]}?{urlencode(back)}")
        elif path == "/userinfo":
            assert self.headers["Authorization"] == "Bearer adgang"
            self.answer({key: self.server.claims[key] for key in ("sub", "preferred_username", "email")})

    def do_POST(self):
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.code = sent["code"][0]
        digest = hashlib.sha256(sent["code_verifier"][0].encode()).digest()
        assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == self.server.challenge
        about = {"iss": self.server.address, "aud": CLIENT, "exp": time.time() + 60, "iat": time.time()}
        token = jwt.encode(about | self.server.claims, KEY, algorithm="HS256")
        self.answer({"access_token": "adgang", "token_type": "Bearer", "id_token": token})

    def log_message(self, *args):
        """Be quiet."""


@pytest.fixture
def provider(settings):
    """Serve a provider, and set ours up to use it."""
    call_command("sync_roles", verbosity=0)
    with ThreadingHTTPServer(("127.0.0.1", 0), Provider) as server:
        server.address = f"http://127.0.0.1:{server.server_address[1]}"
        server.reply = {"code": "kode"}
        server.claims = {"sub": "42", "preferred_username": "karen", "email": "karen@kommune.example"}
        app = {
            "provider_id": "kommune",
            "name": "kommunens login",
            "client_id": CLIENT,
            "secret": "hemmelig",
            "settings": {"server_url": server.address},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        settings.OIDC_ROLES = {"V.Red": "Redaktør", "V.God": "Godkender", "V.Chef": "Findes ikke"}
        settings.OIDC_CLAIM = "roles"
        settings.OIDC_SECOND_FACTOR = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def come(client, provider, **claims):
    """Log in at the provider as a browser does, and return the page one ends on."""
    provider.claims |= claims
    there = urlsplit(client.post(START)["Location"])
    connection = HTTPConnection(there.netloc)
    connection.request("GET", f"{there.path}?{there.query}")
    answer = connection.getresponse()
    back = urlsplit(answer.getheader("Location"))
    connection.close()
    return client.get(f"{back.path}?{back.query}", follow=True)


def roles_of(name):
    return set(User.objects.get(username=name).groups.values_list("name", flat=True))


def test_the_log_in_shows_the_button_when_there_is_a_provider(client, provider):
    assert "Log ind med kommunens login" in client.get(LOG_IN).text


def test_the_claim_gives_the_role_and_the_desk_opens(client, provider):
    page = come(client, provider, roles=["V.Red", "Andet"])
    assert page.request["PATH_INFO"] == DESK
    assert page.status_code == 200
    assert roles_of("karen") == {"Redaktør"}
    assert not User.objects.get(username="karen").has_usable_password()


def test_the_role_follows_the_claim_each_time(client, provider):
    come(client, provider, roles=["V.Red"])
    client.logout()
    come(client, provider, roles="V.God")
    assert roles_of("karen") == {"Godkender"}
    client.logout()
    refused = come(client, provider, roles=[])
    assert refused.status_code == 403
    assert "Du har ingen rolle her" in refused.text
    assert roles_of("karen") == set()
    assert not User.objects.get(username="karen").is_staff


@pytest.mark.parametrize("roles", [[], ["Andet"], ["V.Chef"]])
def test_who_has_no_role_gets_no_account(client, provider, roles):
    page = come(client, provider, roles=roles)
    assert (page.status_code, User.objects.filter(is_staff=True).exists()) == (403, False)


def test_a_provider_that_asks_for_no_second_factor_leaves_it_to_us(client, provider, settings):
    settings.OIDC_SECOND_FACTOR = False
    page = come(client, provider, roles=["V.Red"])
    assert "Sæt totrinslogin op" in page.text
    assert client.get("/konto/totrin/app/").status_code == 200


def test_the_address_a_provider_tells_opens_nobody_elses_account(client, provider):
    User.objects.create_superuser("chef", "Karen@kommune.example", PASSWORD)
    page = come(client, provider, roles=["V.Red"], preferred_username="chef")
    assert page.status_code == 403
    assert "Du har allerede en konto" in page.text
    assert client.get(DESK).status_code == 302


def test_a_code_that_looks_like_a_cpr_number_is_a_code(client, provider):
    provider.reply = {"code": "0101901234"}
    assert come(client, provider, roles=["V.Red"]).request["PATH_INFO"] == DESK
    assert provider.code == "0101901234"


def test_whoever_turns_back_and_whatever_fails_is_told_so(client, provider):
    provider.reply = {"error": "access_denied"}
    assert "Du er ikke logget ind" in come(client, provider, roles=["V.Red"]).text
    provider.reply = {"error": "server_error"}
    assert "Du kunne ikke logge ind" in come(client, provider, roles=["V.Red"]).text
    assert "Du kunne ikke logge ind" in client.get(f"{START}retur/?code=x&state=falsk").text


def test_a_provider_that_does_not_answer_is_told_so(client, provider):
    provider.shutdown()
    provider.server_close()
    page = client.post(START)
    assert "Du kunne ikke logge ind" in page.text


def test_without_a_provider_there_is_no_such_address(client):
    assert client.post(START).status_code == 404


WHOLE = {
    "OIDC_SERVER_URL": "https://login.example/lejer/v2.0",
    "OIDC_CLIENT_ID": "id",
    "OIDC_CLIENT_SECRET": "hemmelig",
    "OIDC_ROLES": "V.Red=Redaktør",
}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({**WHOLE, "OIDC_ROLES": ""}, "OIDC_CLIENT_SECRET og OIDC_ROLES også"),
        ({**WHOLE, "OIDC_SERVER_URL": "login.example"}, "skriv hele adressen"),
        ({**WHOLE, "OIDC_SERVER_URL": "http://login.example"}, "skal begynde med https://"),
        ({**WHOLE, "OIDC_ROLES": "V.Red=Chef"}, "OIDC_ROLES nævner rollen “Chef”"),
        ({"SESSION_IDLE_MINUTES": "0"}, "SESSION_IDLE_MINUTES er 0: skriv et tal"),
    ],
)
def test_settings_that_cannot_be_used_stop_the_start(change, sentence):
    result = manage("check", **PRODUCTION, **change)
    assert result.returncode != 0
    assert sentence in result.stderr


def test_the_settings_make_a_provider_that_forms_may_lead_to():
    code = (
        "from django.conf import settings as s;"
        "app = s.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'][0];"
        "print(app['settings']['server_url'], s.OIDC_ROLES, "
        "s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"
    )
    result = manage("shell", "-v", "0", "-c", code, **PRODUCTION, **WHOLE)
    assert result.stdout.strip() == (
        "https://login.example/lejer/v2.0 {'V.Red': 'Redaktør'} [\"'self'\", 'https://login.example']"
    )
