"""Addresses of the site; those of the pages stand in the apps."""

from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path

from directory import about, catalogue, colour, handbook, health, open_data
from directory.sitemaps import MAPS
from directory.watching import page as running
from offers.api.endpoint import open_to_all
from offers.hsds import downloads, files
from offers.hsds.api import API as OFFERS_API
from policies.api.api import API as POLICIES_API


def icon(request):
    """Lead a browser that asks by itself to the icon; the admin's pages name none."""
    return redirect(static("vejviser.svg"))


admin.site.site_header = "Vejviser: redaktion"
admin.site.site_title = "Vejviser"
admin.site.index_title = "Redaktørens bord"
# allauth's own way to put its log-in before the desk; to a type checker, a method that is replaced.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler500 = "directory.faults.server_error"

urlpatterns = [
    path("favicon.ico", icon),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("kommune.css", colour.stylesheet, name="colour"),
    path("robots.txt", about.robots),
    path("sitemap.xml", sitemap, {"sitemaps": MAPS}, name="sitemap"),
    path(".well-known/security.txt", about.security),
    path("admin/drift/", include(running.urlpatterns)),
    path("admin/haandbog/", include(handbook.urlpatterns)),
    path("admin/", admin.site.urls),
    path("data/katalog.jsonld", open_to_all(catalogue.catalogue), name="catalogue"),
    path("data/SHA256SUMS", open_to_all(downloads.checksums), name="checksums"),
    *(
        path(f"data/{file.name}", open_to_all(downloads.download(file)), name=file.name)
        for file in files.ALL
    ),
    *OFFERS_API.urls(),
    *POLICIES_API.urls(),
    path("konto/", include("directory.people.urls")),
]
# What people read stands under each language; Danish without a prefix.
urlpatterns += i18n_patterns(
    path("om/", about.about, name="about"),
    path("data/", open_data.data, name="data"),
    path("data/api/", open_data.api, name="data-api"),
    path("data/api/proev/", open_data.attempt, name="data-try"),
    path("data/hsds/", open_data.hsds, name="data-hsds"),
    path("privatliv/", about.privacy, name="privacy"),
    path("was", about.accessibility, name="accessibility"),
    path("", include("offers.urls")),
    path("", include("policies.urls")),
    prefix_default_language=False,
)
