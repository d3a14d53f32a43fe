"""Addresses for LINE's own programs."""

from django.urls import path

from .views import pictures

urlpatterns = [path("pictures/<path:path>.jpg", pictures.line_picture, name="line_picture")]
