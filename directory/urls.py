"""Addresses of the site; those of the pages stand in the apps."""

from django.contrib import admin
from django.urls import include, path

from directory import health

admin.site.site_header = "Vejviser: redaktion"
admin.site.site_title = "Vejviser"
admin.site.index_title = "Redaktørens bord"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("", include("offers.urls")),
    path("", include("policies.urls")),
]
