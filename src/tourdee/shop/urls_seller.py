"""Addresses of the seller's half."""

from django.urls import path

from .views.seller import placeholder

urlpatterns = [
    path("my/shop/", placeholder.page, name="my_shop"),
    path("my/orders/", placeholder.page, name="my_orders"),
]
