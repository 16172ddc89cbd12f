"""Addresses of the offers' pages."""

from django.urls import path

app_name = "offers"
urlpatterns: list = []
