"""Addresses of the offers' pages."""

from django.urls import path

from offers import acute, embeds, feedback, handouts, news, overview, suggestions, tables, views
from offers.freshness import views as freshness
from offers.shortlist import views as shortlist

app_name = "offers"
urlpatterns = [
    path("", views.front, name="front"),
    path("akut/", acute.acute, name="acute"),
    path("indlejr/", embeds.build, name="embed"),
    path("indlejr/soeg/", embeds.box, name="embed-box"),
    path("indlejr/liste/", embeds.some, name="embed-list"),
    path("indlejr/vejviser.js", embeds.script, name="embed-script"),
    path("forslag/", suggestions.suggestions, name="suggestions"),
    path("liste/", shortlist.shortlist, name="shortlist"),
    path("liste/sammenlign/", shortlist.compare, name="compare"),
    path("liste/arbejder.js", shortlist.worker, name="shortlist-worker"),
    path("overblik/", overview.overview, name="overview"),
    path("overblik/huller.csv", overview.holes_file, name="holes"),
    path("tilbud/", views.offer_list, name="list"),
    path("tilbud/nyt.atom", news.atom, name="news-atom"),
    path("tilbud/opstart.ics", news.dates, name="news-dates"),
    path("tilbud/nyt.json", news.json_feed, name="news-json"),
    path("tilbud/fundet.csv", tables.csv, name="table-csv"),
    path("tilbud/fundet.xlsx", tables.excel, name="table-excel"),
    path("tilbud/<slug:slug>/", views.offer_detail, name="detail"),
    path("tilbud/<slug:slug>/datoer.ics", handouts.dates, name="dates"),
    path("tilbud/<slug:slug>/qr.svg", handouts.code, name="code"),
    path("tilbud/<slug:slug>/opslag/", handouts.poster, name="poster"),
    path("tilbud/<slug:slug>/stadig-rigtigt/", freshness.confirm_offer, name="confirm"),
    path("tilbud/<slug:slug>/ret/", feedback.feedback, name="feedback"),
    path("tilbud/<slug:slug>/ret/tak/", feedback.thanks, name="feedback-thanks"),
]
