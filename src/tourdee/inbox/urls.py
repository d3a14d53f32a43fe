"""Where the channels of a shop meet."""

from django.urls import path

from .views import channels

urlpatterns = [
    path("my/channels/", channels.my_channels, name="my_channels"),
]
