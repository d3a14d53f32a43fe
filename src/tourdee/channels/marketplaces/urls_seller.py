"""Addresses for people."""

from django.urls import path

from .views import templates

urlpatterns = [
    path("my/marketplaces/", templates.my_marketplaces, name="my_marketplaces"),
    path("my/marketplaces/files/<slug:public_id>/", templates.template, name="marketplace_template"),
    path("my/marketplaces/files/<slug:public_id>/columns/", templates.set_columns, name="marketplace_columns"),
    path("my/marketplaces/files/<slug:public_id>/filled/", templates.filled_file, name="marketplace_file"),
    path("my/marketplaces/files/<slug:public_id>/uploaded/", templates.uploaded, name="marketplace_uploaded"),
    path("my/marketplaces/files/<slug:public_id>/delete/", templates.forget, name="forget_marketplace_template"),
]
