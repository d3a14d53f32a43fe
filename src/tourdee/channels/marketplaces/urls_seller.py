"""Addresses for people."""

from django.urls import path

from .views import myshop, templates

urlpatterns = [
    path("my/marketplaces/line/", myshop.my_line_shopping, name="my_line_shopping"),
    path("my/marketplaces/line/offer/", myshop.offer, name="offer_in_line"),
    path("my/marketplaces/line/look/", myshop.look_now, name="look_in_line"),
    path("my/marketplaces/line/disconnect/", myshop.disconnect, name="disconnect_line_shopping"),
    path("my/marketplaces/line/play/", myshop.play_a_sale, name="play_line_sale"),
    path("my/marketplaces/line/<slug:public_id>/withdraw/", myshop.withdraw, name="withdraw_from_line"),
    path("my/marketplaces/", templates.my_marketplaces, name="my_marketplaces"),
    path("my/marketplaces/files/<slug:public_id>/", templates.template, name="marketplace_template"),
    path("my/marketplaces/files/<slug:public_id>/columns/", templates.set_columns, name="marketplace_columns"),
    path("my/marketplaces/files/<slug:public_id>/filled/", templates.filled_file, name="marketplace_file"),
    path("my/marketplaces/files/<slug:public_id>/uploaded/", templates.uploaded, name="marketplace_uploaded"),
    path("my/marketplaces/files/<slug:public_id>/delete/", templates.forget, name="forget_marketplace_template"),
]
