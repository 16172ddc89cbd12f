"""Settings of Vejviser: one file, read from top to bottom, the environment at its edges.

Every variable that may be set stands in `read` below, with its type and its default. A variable that
is missing or wrong stops the start with a sentence that says what to write (`require`).
"""

from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from directory import background, caching, databases, embedding, sign_in
from directory.contrast import fault
from directory.environment import BASE_DIR, env, parse, read, read_bool, require
from directory.running import *  # noqa: F403 (Django takes settings only as names in capitals of this one module; those of `running` and `sign_in` are to be such names, all of them)
from directory.sign_in import *  # noqa: F403 (Django takes settings only as names in capitals of this one module; those of `running` and `sign_in` are to be such names, all of them)

SHORTEST_SECRET = 50

# -- What may be set from outside ------------------------------------------------------------------

DEBUG = read_bool("DEBUG", False)
KEEP_PAGES = read_bool("KEEP_PAGES", not DEBUG)  # see `directory/kept_pages.py`
SECRET_KEY = read("SECRET_KEY", str, "")
BASE_URL = read("BASE_URL", str, "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = read("ALLOWED_HOSTS", list, [])
INSECURE_HTTP = read_bool("INSECURE_HTTP", DEBUG)
SITE_NAME = read("SITE_NAME", str, "Vejviser")
OPERATOR = read("OPERATOR", str, "")
CONTACT_EMAIL = read("CONTACT_EMAIL", str, "")
CONTACT_PHONE = read("CONTACT_PHONE", str, "")
WAS_URL = read("WAS_URL", str, "")
SECURITY_CONTACT = read("SECURITY_CONTACT", str, f"mailto:{CONTACT_EMAIL}" if CONTACT_EMAIL else "")
SECURITY_EXPIRES = read("SECURITY_EXPIRES", str, "")
QUICK_EXIT_URL = read("QUICK_EXIT_URL", str, "https://www.dr.dk/")
MUNICIPALITY_NAME = read("MUNICIPALITY_NAME", str, "")
MUNICIPALITY_COLOUR = read("MUNICIPALITY_COLOUR", str, "").lower()
# Files of the municipality's own, and two of them by their names there.
EXTRA_STATIC_DIR = read("EXTRA_STATIC_DIR", str, "")
MUNICIPALITY_LOGO = read("MUNICIPALITY_LOGO", str, "")
STYLESHEET = read("STYLESHEET", str, "")
MUNICIPALITY_CODE = read("MUNICIPALITY_CODE", str, "0265")
DATABASE_URL = read("DATABASE_URL", str, f"sqlite:///{BASE_DIR / 'db.sqlite3'}")
CONN_MAX_AGE = read("CONN_MAX_AGE", int, 60)
PROXY_COUNT = read("PROXY_COUNT", int, 1)
# Where the processes of a machine share the search index; it can be deleted at any time.
SEARCH_INDEX_DIR = Path(read("SEARCH_INDEX_DIR", str, str(BASE_DIR / "search-index")))
DATA_FILES_DIR = Path(read("DATA_FILES_DIR", str, str(BASE_DIR / "data-files")))
# Seconds that a file with all offers may be given after a change, while a new one is made.
DATA_FILES_GRACE = read("DATA_FILES_GRACE", int, 900)
STATIC_ROOT = Path(read("STATIC_ROOT", str, str(BASE_DIR / "static-collected")))
EMAIL_URL = read("EMAIL_URL", str, "consolemail://" if DEBUG else "smtp://localhost:25")

require(
    len(SECRET_KEY) >= SHORTEST_SECRET,
    f"SECRET_KEY mangler eller er for kort: kør ./dev, eller sæt mindst {SHORTEST_SECRET} tilfældige tegn.",
)
require(
    urlsplit(BASE_URL).scheme in {"http", "https"} and urlsplit(BASE_URL).hostname,
    f"BASE_URL er “{BASE_URL}”: skriv hele adressen, fx https://vejviser.kommune.dk.",
)
require(
    DATA_FILES_GRACE >= 0, f"DATA_FILES_GRACE er {DATA_FILES_GRACE}: skriv et antal sekunder fra 0 og op."
)
require(
    QUICK_EXIT_URL.startswith(("http://", "https://")),
    f"QUICK_EXIT_URL er “{QUICK_EXIT_URL}”: skriv hele adressen på en neutral side, fx https://www.dr.dk/.",
)
require(
    not CONTACT_EMAIL or "@" in CONTACT_EMAIL,
    f"CONTACT_EMAIL er “{CONTACT_EMAIL}”: skriv en mailadresse, fx vejviser@kommune.dk.",
)
require(
    not WAS_URL or urlsplit(WAS_URL).scheme == "https",
    f"WAS_URL er “{WAS_URL}”: skriv hele adressen, fx https://www.was.digst.dk/vejviser-kommune-dk.",
)
require(
    not SECURITY_CONTACT or urlsplit(SECURITY_CONTACT).scheme in {"mailto", "https", "tel"},
    f"SECURITY_CONTACT er “{SECURITY_CONTACT}”: skriv fx mailto:sikkerhed@kommune.dk.",
)
require(
    not (MUNICIPALITY_COLOUR and fault(MUNICIPALITY_COLOUR)),
    f"MUNICIPALITY_COLOUR er “{MUNICIPALITY_COLOUR}”: {fault(MUNICIPALITY_COLOUR)}",
)
require(
    not EXTRA_STATIC_DIR or Path(EXTRA_STATIC_DIR).is_dir(),
    f"EXTRA_STATIC_DIR er “{EXTRA_STATIC_DIR}”: skriv stien til en mappe, der findes.",
)
STATICFILES_DIRS = [BASE_DIR / "static", *([EXTRA_STATIC_DIR] if EXTRA_STATIC_DIR else [])]
for name, file in ("MUNICIPALITY_LOGO", MUNICIPALITY_LOGO), ("STYLESHEET", STYLESHEET):
    require(
        not file or any(Path(folder, file.lstrip("/")).is_file() for folder in STATICFILES_DIRS),
        f"{name} er “{file}”: skriv navnet på en fil, der ligger i mappen EXTRA_STATIC_DIR. "
        "Siden henter intet fra andre adresser.",
    )
require(
    not MUNICIPALITY_LOGO or MUNICIPALITY_NAME,
    "MUNICIPALITY_LOGO er sat, men ikke MUNICIPALITY_NAME: skriv navnet for dem, der ikke kan se logoet.",
)
if SECURITY_EXPIRES:
    SECURITY_EXPIRES = parse(
        date.fromisoformat,
        SECURITY_EXPIRES,
        f"SECURITY_EXPIRES er “{SECURITY_EXPIRES}”: skriv en dato, fx 2027-06-30.",
    )
ALLOWED_HOSTS = ALLOWED_HOSTS or [urlsplit(BASE_URL).hostname, "localhost", "127.0.0.1"]

# -- Application -----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "directory.apps.DirectoryConfig",
    "policies.apps.PoliciesConfig",
    "offers.apps.OffersConfig",
    "django_filters",
    "django_htmx",
    "csp",
    *sign_in.SIGN_IN_APPS,
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "directory.watching.requests.RequestMiddleware",
    # First, so that redirects, faults and files have these headers, too.
    "directory.middleware.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "directory.privacy.PrivateAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages are a ninth of their size on a poor line.
    "directory.packing.PackingMiddleware",
    "directory.kept_pages.KeptPagesMiddleware",
    "directory.reading.ReplicaMiddleware",
    "directory.language.LanguageMiddleware",
    "directory.middleware.QueryLimitMiddleware",
    "directory.middleware.SearchLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "directory.capitals.CapitalsMiddleware",
    *sign_in.SIGN_IN_MIDDLEWARE,
]

ROOT_URLCONF = "directory.urls"
WSGI_APPLICATION = "directory.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "directory.context.site",
            ],
        },
    }
]

# -- Database --------------------------------------------------------------------------------------

require(
    DATABASE_URL.startswith(("sqlite://", "postgres://", "postgresql://")),
    "DATABASE_URL skal begynde med sqlite:// eller postgresql://; andre databaser kan ikke bruges.",
)
DATABASES = {
    "default": parse(
        env.db_url_config,
        DATABASE_URL,
        "DATABASE_URL kan ikke læses: skriv postgresql://bruger:adgangskode@vært:5432/navn; porten er et "
        "tal (højst 65535), og / og ? i adgangskoden skrives %2F og %3F.",
    )
}
if DATABASE_URL.startswith("sqlite"):
    # WAL lets readers go on while an editor saves; IMMEDIATE makes two writers wait, not fail.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DATABASES["default"]["CONN_MAX_AGE"] = CONN_MAX_AGE
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES |= databases.copies(DATABASES["default"])
DATABASE_ROUTERS, REPLICA_URLS = databases.DATABASE_ROUTERS, databases.REPLICA_URLS
REPLICA_MAX_LAG = databases.REPLICA_MAX_LAG

# -- Language and time -----------------------------------------------------------------------------

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["directory.formats"]
TIME_ZONE = "Europe/Copenhagen"
USE_I18N = True
USE_TZ = True

# -- Beside the site ---------------------------------------------------------------------------------

CACHES = caching.CACHES
TASKS = background.TASKS
LINK_FIELDS = background.LINK_FIELDS
LINK_LOOPBACK_PORTS = background.LINK_LOOPBACK_PORTS
EMBED_ORIGINS = embedding.EMBED_ORIGINS

# -- Static files ----------------------------------------------------------------------------------

STATIC_URL = "static/"
# What one can search: dotted names of `offers.search.following.Follower`s.
SEARCH_INDEXES = ["offers.search.current.offers", "policies.search.current.policies"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# -- Security --------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF, *sign_in.FORM_TARGETS],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not INSECURE_HTTP
SECURE_HSTS_SECONDS = 0 if INSECURE_HTTP else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not INSECURE_HTTP
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# A name with this prefix is taken by a browser only with Secure, from this very host, for all of it.
_prefix = "" if INSECURE_HTTP else "__Host-"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_prefix}sessionid", f"{_prefix}csrftoken"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_COOKIE_AGE = None  # gone when the browser is closed; only pages with a form set it
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": sign_in.SHORTEST_PASSWORD},
    },
    {"NAME": "directory.people.passwords.NotTooLong"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# -- Mail and logs ---------------------------------------------------------------------------------

advice = "EMAIL_URL kan ikke bruges: skriv fx smtp://post.kommune.dk:25 eller consolemail://."
require(EMAIL_URL.partition("://")[0] in env.EMAIL_SCHEMES, advice)
vars().update(parse(env.email_url_config, EMAIL_URL, advice))
EMAIL_TIMEOUT = 10  # seconds; somebody waits for it
DEFAULT_FROM_EMAIL = CONTACT_EMAIL or f"vejviser@{urlsplit(BASE_URL).hostname}"
