"""The inbox of a shop."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
