"""Addresses of the buyer's half: the market, shops, the basket, the checkout, an order's secret page."""

from django.urls import path

from .views.seller import placeholder

urlpatterns = [
    path("market/", placeholder.page, name="market"),
    path("basket/", placeholder.page, name="cart"),
]
