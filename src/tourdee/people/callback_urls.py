"""Where LINE and Facebook send people back to: without a language prefix, because the address is registered there."""

from django.urls import path

from .views.linking import social_callback

urlpatterns = [
    path("line/login/callback/", social_callback, {"provider": "line"}, name="line_callback"),
    path("facebook/login/callback/", social_callback, {"provider": "facebook"}, name="facebook_callback"),
]
