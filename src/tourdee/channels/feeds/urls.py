"""Addresses for programs: /feeds/<shop>/meta.xml, …; they are pasted elsewhere and never change."""

from django.urls import path

from .views import door

urlpatterns = [
    path("<slug:slug>/<slug:reader>.<slug:ending>", door.feed, name="feed_file"),
]
