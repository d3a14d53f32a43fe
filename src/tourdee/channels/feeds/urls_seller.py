"""Addresses for people."""

from django.urls import path

from .views import seller

urlpatterns = [
    path("my/feeds/", seller.my_feeds, name="my_feeds"),
    path("my/feeds/check/", seller.check, name="check_feeds"),
    path("my/feeds/<slug:reader>/", seller.my_feed, name="my_feed"),
    path("my/feeds/<slug:reader>/pasted/", seller.pasted, name="feed_pasted"),
]
