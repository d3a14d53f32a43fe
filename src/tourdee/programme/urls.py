"""Addresses of the room."""

from django.urls import include, path

from .views.placeholder import placeholder

urlpatterns = [
    path("", include("tourdee.programme.urls_results")),
    path("office/cohorts/", placeholder, name="office_cohorts"),
    path("teaching/", placeholder, name="teaching"),
]
