"""Addresses of the pages that compose other rooms."""

from django.urls import path

from .views import public, today

urlpatterns = [
    path("", public.landing, name="landing"),
    path("course/", public.course, name="course"),
    path("today/", today.today, name="today"),
]
