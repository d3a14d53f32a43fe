"""Addresses for people: a seller's resellers, and the page that explains the interface."""

from django.urls import path

from .views import docs, seller

urlpatterns = [
    path("my/resellers/", seller.my_resellers, name="my_resellers"),
    path("my/resellers/new/", seller.new_reseller, name="new_reseller"),
    path("my/resellers/test/", seller.new_test, name="new_octo_test"),
    path("my/resellers/keys/<slug:public_id>/revoke/", seller.revoke_key, name="revoke_octo_key"),
    path("my/resellers/<slug:public_id>/", seller.my_reseller, name="my_reseller"),
    path("my/resellers/<slug:public_id>/key/", seller.new_key, name="new_octo_key"),
    path("my/resellers/<slug:public_id>/settle/", seller.settle, name="settle_reseller"),
    path("my/resellers/<slug:public_id>/fresh/", seller.forget_tests, name="forget_octo_tests"),
    path("octo/docs/", docs.page, name="octo_docs"),
]
