"""Addresses of the policies' pages."""

from django.urls import path

from policies import views

app_name = "policies"
urlpatterns = [
    path("soeg-i-politik/", views.search, name="search"),
    path("politikker/", views.policy_list, name="policies"),
    path("politikker/<slug:slug>/", views.policy_detail, name="policy"),
    path("indsatser/<slug:slug>/", views.initiative_detail, name="initiative"),
    path("udvalg/", views.committee_list, name="committees"),
    path("udvalg/<slug:slug>/", views.committee_detail, name="committee"),
    path("verdensmaal/", views.sdg_list, name="sdgs"),
    path("verdensmaal/<int:number>/", views.sdg_detail, name="sdg"),
    path("bibliotek/", views.library, name="library"),
]
