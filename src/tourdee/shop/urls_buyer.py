"""Addresses of the buyer's half: the market, shops, the basket, the checkout, an order's secret page."""

from django.urls import path

from .views import gateways as notices
from .views.buyer import (
    baskets,
    changes,
    checkout,
    gateways,
    market,
    orders,
    pay_links,
    products,
    questions,
    receipts,
    shops,
    tours,
    waiting_list,
)

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
    path("o/<slug:secret>/pay/", gateways.pay, name="order_pay"),
    path("o/<slug:secret>/cancel/", orders.cancel, name="order_cancel"),
    path("o/<slug:secret>/review/<int:place>/", orders.review, name="order_review"),
    path("o/<slug:secret>/promptpay.png", orders.qr, name="order_qr"),
    path("o/<slug:secret>/calendar-<int:number>.ics", orders.calendar, name="order_calendar"),
    path("o/<slug:secret>/fewer/", changes.fewer, name="order_fewer"),
    path("o/<slug:secret>/move/<int:number>/", changes.move, name="order_move"),
    path("o/<slug:secret>/details/", pay_links.details, name="order_details"),
    path("o/<slug:secret>/questions/", questions.questions, name="order_questions"),
    path("p/<slug:code>/", pay_links.pay_link, name="pay_link"),
    path("wait/<slug:public_id>/", waiting_list.wait, name="wait_for_seats"),
    path("w/<slug:secret>/", waiting_list.place, name="waiting_place"),
    path("w/<slug:secret>/leave/", waiting_list.leave, name="waiting_leave"),
    path("w/<slug:secret>/again/", waiting_list.again, name="waiting_again"),
    path("play-bank/<slug:reference>/", notices.play_bank, name="play_bank"),
    path("o/<slug:secret>/receipts/<slug:public_id>.pdf", receipts.receipt, name="order_receipt"),
    path("o/<slug:secret>/receipts/<slug:public_id>/", receipts.exchange, name="exchange_receipt"),
]
