"""Addresses of the room."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.placeholder, name="learn"),
    path("reviews/", views.placeholder, name="mission_reviews"),
]
