"""Addresses of the room, below /office/impact/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.impact, name="impact"),
    path("report.xlsx", views.xlsx, name="impact_xlsx"),
    path("report.pdf", views.pdf, name="impact_pdf"),
    path("follow-ups/", views.follow_ups, name="follow_ups"),
    path("follow-ups/mine/", views.my_follow_ups, name="my_follow_ups"),
    path("follow-ups/<slug:public_id>/", views.follow_up, name="follow_up"),
]
