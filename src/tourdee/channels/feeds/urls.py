"""Addresses for programs: /feeds/<shop>/meta.xml, …; they are pasted elsewhere and never change."""

from django.urls import path

from .views import door

urlpatterns = [
    path("<slug:slug>/pictures/<slug:public_id>.jpg", door.picture, name="feed_picture"),
    path("<slug:slug>/<slug:reader>.<slug:ending>", door.feed, name="feed_file"),
]
