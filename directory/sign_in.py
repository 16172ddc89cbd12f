"""The settings of how people log in: password and a second factor, or the municipality's own log-in.

`directory/settings.py` takes over all of it. The public never logs in.
"""

from typing import Any
from urllib.parse import urlsplit

from directory.environment import read, read_bool, require

# -- What may be set from outside ------------------------------------------------------------------

DEBUG = read_bool("DEBUG", False)
SESSION_IDLE_MINUTES = read("SESSION_IDLE_MINUTES", int, 30)
OIDC_SERVER_URL = read("OIDC_SERVER_URL", str, "").rstrip("/")
OIDC_CLIENT_ID = read("OIDC_CLIENT_ID", str, "")
OIDC_CLIENT_SECRET = read("OIDC_CLIENT_SECRET", str, "")
OIDC_NAME = read("OIDC_NAME", str, "kommunens login")
# The claim that tells what a person may, and which of its values gives which role.
OIDC_CLAIM = read("OIDC_CLAIM", str, "roles")
OIDC_ROLES = read("OIDC_ROLES", dict, {})
# Whether the provider asks everybody for a second factor; if not, we do.
OIDC_SECOND_FACTOR = read_bool("OIDC_SECOND_FACTOR", False)

MOST_IDLE_MINUTES = 12 * 60
require(
    1 <= SESSION_IDLE_MINUTES <= MOST_IDLE_MINUTES,
    f"SESSION_IDLE_MINUTES er {SESSION_IDLE_MINUTES}: skriv et tal fra 1 til {MOST_IDLE_MINUTES}.",
)
require(
    not OIDC_SERVER_URL or urlsplit(OIDC_SERVER_URL).hostname,
    f"OIDC_SERVER_URL er “{OIDC_SERVER_URL}”: skriv hele adressen, fx "
    "https://login.microsoftonline.com/<lejer>/v2.0.",
)
require(
    not OIDC_SERVER_URL or urlsplit(OIDC_SERVER_URL).scheme == "https" or DEBUG,
    f"OIDC_SERVER_URL er “{OIDC_SERVER_URL}”: adressen skal begynde med https://.",
)
require(
    not OIDC_SERVER_URL or (OIDC_CLIENT_ID and OIDC_CLIENT_SECRET and OIDC_ROLES),
    "OIDC_SERVER_URL er sat: så skal OIDC_CLIENT_ID, OIDC_CLIENT_SECRET og OIDC_ROLES også være det. "
    "OIDC_ROLES skrives fx Vejviser.Redaktoer=Redaktør,Vejviser.Godkender=Godkender.",
)

# -- Applications and addresses --------------------------------------------------------------------

SIGN_IN_APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
SIGN_IN_MIDDLEWARE = [
    "allauth.account.middleware.AccountMiddleware",
    "directory.people.gate.SecondFactorMiddleware",
    "directory.people.idle.IdleMiddleware",
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "account_login"

# -- Passwords and sessions ------------------------------------------------------------------------

PASSWORD_HASHERS = [
    f"django.contrib.auth.hashers.{name}" for name in ("Argon2PasswordHasher", "PBKDF2PasswordHasher")
]
SHORTEST_PASSWORD = 12
SESSION_COOKIE_AGE = SESSION_IDLE_MINUTES * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = False

# -- allauth ---------------------------------------------------------------------------------------

ACCOUNT_ADAPTER = "directory.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = True  # for as long as SESSION_COOKIE_AGE allows
ACCOUNT_FORMS = {
    "login": "directory.people.forms.LoginForm",
    "reset_password": "directory.people.forms.ForgottenForm",
}
# So often may one try: from one address, and for one account.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reset_password": "10/m/ip,3/5m/key",
    "reauthenticate": "10/m/user",
}
MFA_ADAPTER = "directory.people.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "directory.people.forms.CodeForm",
    "reauthenticate": "directory.people.forms.CodeAgainForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up, so no address is a stranger's
# A code still counts for half a minute after the phone has changed it; `CodeForm` sees that it counts once.
MFA_TOTP_TOLERANCE = 1
# Without HTTPS a browser makes passkeys for http://localhost only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
SOCIALACCOUNT_ADAPTER = "directory.people.adapters.ProviderAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # an address that a provider tells is no proof of an account
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if OIDC_SERVER_URL:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "kommune",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT_ID,
                "secret": OIDC_CLIENT_SECRET,
                "settings": {"server_url": OIDC_SERVER_URL},
            }
        ],
    }
# The button that leads to the provider is a form, and browsers follow where it leads on.
FORM_TARGETS = ["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_SERVER_URL))] if OIDC_SERVER_URL else []
