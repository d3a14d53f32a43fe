"""Addresses for LINE's own programs."""

from django.urls import path

from .views import pictures, webhook

urlpatterns = [
    path("pictures/<path:path>.jpg", pictures.line_picture, name="line_picture"),
    path("<slug:public_id>/", webhook.webhook, name="line_webhook"),
]
