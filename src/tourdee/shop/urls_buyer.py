"""Addresses of the buyer's half: the market, shops, the basket, the checkout, an order's secret page."""

from django.urls import path

from .views.buyer import market, products, shops, tours

urlpatterns = [
    path("market/", market.market, name="market"),
    path("s/<slug:slug>/", shops.shop, name="shop"),
    path("s/<slug:slug>/tours/<slug:public_id>/", tours.tour, name="tour"),
    path("s/<slug:slug>/products/<slug:public_id>/", products.product, name="product"),
    path("basket/", market.market, name="cart"),
]
