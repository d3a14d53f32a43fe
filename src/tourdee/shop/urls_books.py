"""Addresses of the books: the seller's, and the host's check of all."""

from django.urls import path

from .views import host_check
from .views.seller import books, check, receipts

urlpatterns = [
    path("my/books/", books.my_books, name="my_books"),
    path("my/books/entries.<slug:kind>", books.books_file, name="my_books_file"),
    path("my/books/days/", books.my_days, name="my_days"),
    path("my/books/days.<slug:kind>", books.days_file, name="my_days_file"),
    path("my/books/payout/", books.payout, name="record_payout"),
    path("my/books/check/", check.my_check, name="my_check"),
    path("my/books/receipts/", receipts.my_receipts, name="my_receipts"),
    path("my/books/receipts/<slug:public_id>.pdf", receipts.receipt_file, name="receipt_file"),
    path("my/books/receipts/<slug:public_id>.xml", receipts.receipt_xml, name="receipt_xml"),
    path("my/books/taxes/", receipts.my_taxes, name="my_taxes"),
    path("my/books/taxes/income.<slug:kind>", receipts.income_file, name="income_file"),
    path("my/books/taxes/vat.<slug:kind>", receipts.vat_file, name="vat_file"),
    path("host/check/", host_check.host_check, name="host_check"),
]
