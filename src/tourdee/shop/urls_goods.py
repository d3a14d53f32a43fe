"""Addresses of goods: how they are sent, the shelf, parcels, returns."""

from django.urls import path

from .views.buyer import returns as returns_asked
from .views.seller import delivery, parcels, returns, stock

urlpatterns = [
    path("my/shop/delivery/", delivery.my_delivery, name="my_delivery"),
    path("my/stock/", stock.my_stock, name="my_stock"),
    path("my/stock/stock.csv", stock.stock_table, name="stock_table"),
    path("my/stock/counts/", stock.stock_counts, name="stock_counts"),
    path("my/stock/<slug:public_id>/", stock.move_stock, name="move_stock"),
    path("my/parcels/", parcels.my_parcels, name="my_parcels"),
    path("my/parcels/labels-<slug:size>.pdf", parcels.labels, name="labels"),
    path("my/parcels/packing-list.pdf", parcels.packing_list, name="packing_list"),
    path("my/parcels/numbers/", parcels.tracking_numbers, name="tracking_numbers"),
    path("my/orders/<slug:code>/collected/", parcels.collected, name="parcel_collected"),
    path("my/orders/<slug:code>/came-back/", parcels.came_back, name="parcel_came_back"),
    path("my/returns/", returns.my_returns, name="my_returns"),
    path("my/returns/<slug:public_id>/", returns.my_return, name="my_return"),
    path("my/returns/<slug:public_id>/decide/", returns.decide, name="decide_return"),
    path("my/returns/<slug:public_id>/receive/", returns.receive, name="receive_return"),
    path("my/returns/<slug:public_id>/picture/", returns.picture, name="return_picture"),
    path("o/<slug:secret>/return/", returns_asked.ask, name="order_return"),
    path("o/<slug:secret>/return/withdraw/", returns_asked.withdraw, name="order_return_withdraw"),
]
