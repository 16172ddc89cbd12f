"""Addresses of the policies' pages."""

from django.urls import path

from policies import views
from policies.ideas import views as ideas
from policies.library import views as library
from policies.meetings import views as meetings
from policies.world import views as world

app_name = "policies"
urlpatterns = [
    path("soeg-i-politik/", views.search, name="search"),
    path("politikker/", views.policy_list, name="policies"),
    path("politikker/<slug:slug>/", views.policy_detail, name="policy"),
    path("indsatser/", views.initiatives, name="initiatives"),
    path("indsatser/<slug:slug>/", views.initiative_detail, name="initiative"),
    path("udvalg/", views.committee_list, name="committees"),
    path("udvalg/<slug:slug>/", views.committee_detail, name="committee"),
    path("udvalg/<slug:slug>/moeder.atom", meetings.atom, name="meetings-atom"),
    path("udvalg/<slug:slug>/moeder.ics", meetings.ics, name="meetings-ics"),
    path("kalender/", meetings.calendar, name="calendar"),
    path("kalender.atom", meetings.atom, name="calendar-atom"),
    path("kalender.ics", meetings.ics, name="calendar-ics"),
    path("verdensmaal/", world.sdg_list, name="sdgs"),
    path("verdensmaal/<int:number>/", world.sdg_detail, name="sdg"),
    path("bibliotek/", library.library, name="library"),
    path("bibliotek/feed.atom", library.atom, name="library-atom"),
    path("ideer/", ideas.ideas, name="ideas"),
    path("ideer/feed.atom", ideas.atom, name="ideas-atom"),
]
