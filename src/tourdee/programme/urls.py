"""Addresses of the room."""

from django.urls import path

from . import views

urlpatterns = [
    path("verify/", views.placeholder, name="verify"),
    path("office/cohorts/", views.placeholder, name="office_cohorts"),
    path("teaching/", views.placeholder, name="teaching"),
]
