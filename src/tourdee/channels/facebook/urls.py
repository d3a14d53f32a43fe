"""Where Facebook calls: ``/facebook/<shop>/``."""

from django.urls import path

from .views import door

urlpatterns = [path("<slug:slug>/", door.notice, name="facebook_notice")]
