"""Addresses of the room."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.placeholder, name="landing"),
    path("today/", views.placeholder, name="today"),
    path("course/", views.placeholder, name="course"),
]
