"""Where the channels of a shop meet."""

from django.urls import path

from .views import channels, where

urlpatterns = [
    path("my/channels/", channels.my_channels, name="my_channels"),
    path("my/channels/where/", where.where, name="where_items_are"),
]
