"""Addresses of the buyer's half: the market, shops, the basket, the checkout, an order's secret page."""

from django.urls import path

from .views.buyer import baskets, checkout, market, orders, products, shops, tours

urlpatterns = [
    path("market/", market.market, name="market"),
    path("market/map/", market.province_map, name="market_map"),
    path("s/<slug:slug>/", shops.shop, name="shop"),
    path("s/<slug:slug>/tours/<slug:public_id>/", tours.tour, name="tour"),
    path("s/<slug:slug>/products/<slug:public_id>/", products.product, name="product"),
    path("basket/", baskets.basket, name="cart"),
    path("checkout/details/", checkout.details, name="checkout_details"),
    path("o/<slug:secret>/", orders.status, name="order_status"),
    path("o/<slug:secret>/slip/", orders.slip, name="order_slip"),
    path("o/<slug:secret>/cancel/", orders.cancel, name="order_cancel"),
    path("o/<slug:secret>/review/<int:place>/", orders.review, name="order_review"),
    path("o/<slug:secret>/promptpay.png", orders.qr, name="order_qr"),
    path("o/<slug:secret>/calendar-<int:number>.ics", orders.calendar, name="order_calendar"),
]
