"""Addresses of the policies' pages."""

from django.urls import path

from policies import views
from policies.meetings import views as meetings

app_name = "policies"
urlpatterns = [
    path("soeg-i-politik/", views.search, name="search"),
    path("politikker/", views.policy_list, name="policies"),
    path("politikker/<slug:slug>/", views.policy_detail, name="policy"),
    path("indsatser/<slug:slug>/", views.initiative_detail, name="initiative"),
    path("udvalg/", views.committee_list, name="committees"),
    path("udvalg/<slug:slug>/", views.committee_detail, name="committee"),
    path("udvalg/<slug:slug>/moeder.atom", meetings.atom, name="meetings-atom"),
    path("udvalg/<slug:slug>/moeder.ics", meetings.ics, name="meetings-ics"),
    path("kalender/", meetings.calendar, name="calendar"),
    path("kalender.atom", meetings.atom, name="calendar-atom"),
    path("kalender.ics", meetings.ics, name="calendar-ics"),
    path("verdensmaal/", views.sdg_list, name="sdgs"),
    path("verdensmaal/<int:number>/", views.sdg_detail, name="sdg"),
    path("bibliotek/", views.library, name="library"),
]
