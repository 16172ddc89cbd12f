"""Addresses of the policies' pages."""

from django.urls import path

app_name = "policies"
urlpatterns: list = []
