"""Addresses of the room."""

from django.urls import path

from . import views

urlpatterns = [
    path("market/", views.placeholder, name="market"),
    path("cart/", views.placeholder, name="cart"),
    path("my/shop/", views.placeholder, name="my_shop"),
    path("my/orders/", views.placeholder, name="my_orders"),
]
