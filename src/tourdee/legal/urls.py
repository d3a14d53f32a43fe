"""Addresses of the room."""

from django.urls import path

from . import views

urlpatterns = [
    path("checks/", views.placeholder, name="paper_checks"),
]
