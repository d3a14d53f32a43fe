"""Addresses that are printed, shared and found: short links, pictures, posters, tickets."""

from django.urls import path

from .views.buyer import sharing, tickets, wish_list
from .views.seller import sharing as own

urlpatterns = [
    path("k/<slug:ticket>/", tickets.ticket, name="ticket"),
    path("wishlist/", wish_list.wish_list, name="wish_list"),
    path("t/<slug:code>/", sharing.short_link, name="short_link"),
    path("shared/<slug:kind>/<slug:public_id>/<slug:digest>.jpg", sharing.share_picture, name="share_picture"),
    path("pictures/<slug:public_id>.jpg", sharing.picture_jpeg, name="picture_jpeg"),
    path("pictures/shops/<slug:public_id>.jpg", sharing.cover_jpeg, name="cover_jpeg"),
    path("my/share/<slug:kind>/<slug:public_id>/", own.share_item, name="share_item"),
    path(
        "my/share/<slug:kind>/<slug:public_id>/poster-<slug:size>-<slug:language>.pdf", own.poster_file, name="poster"
    ),
]
