"""Addresses of the room: the buyer's and the seller's."""

from . import urls_books, urls_buyer, urls_dates, urls_goods, urls_seller, urls_sharing

urlpatterns = [
    *urls_buyer.urlpatterns,
    *urls_dates.urlpatterns,
    *urls_seller.urlpatterns,
    *urls_goods.urlpatterns,
    *urls_books.urlpatterns,
    *urls_sharing.urlpatterns,
]
