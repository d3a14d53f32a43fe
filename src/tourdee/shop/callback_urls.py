"""Addresses that outside services are told; they have no language."""

from django.urls import path

from .views import gateways

urlpatterns = [path("<slug:public_id>/", gateways.notice, name="gateway_notice")]
