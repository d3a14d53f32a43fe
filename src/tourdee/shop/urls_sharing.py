"""Addresses that are printed, shared and found: tickets."""

from django.urls import path

from .views.buyer import tickets

urlpatterns = [
    path("k/<slug:ticket>/", tickets.ticket, name="ticket"),
]
