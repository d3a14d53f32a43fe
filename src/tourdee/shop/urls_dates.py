"""Addresses of dates: schedules, seasons, single dates, guides and vans, calendars."""

from django.urls import path

from .views.buyer import feeds, other_dates
from .views.seller import calendars, dates, one_date, resources, schedules

urlpatterns = [
    path("my/tours/<slug:public_id>/dates/", dates.tour_dates, name="tour_dates"),
    path("my/tours/<slug:public_id>/dates/change/", dates.change_dates, name="change_dates"),
    path("my/tours/<slug:public_id>/schedules/new/", schedules.new_schedule, name="new_schedule"),
    path("my/tours/<slug:public_id>/seasons/new/", schedules.new_season, name="new_season"),
    path("my/date-changes/<slug:public_id>/undo/", dates.undo_change, name="undo_change"),
    path("my/schedules/<slug:public_id>/", schedules.edit_schedule, name="edit_schedule"),
    path("my/schedules/<slug:public_id>/end/", schedules.end_schedule, name="end_schedule"),
    path("my/seasons/<slug:public_id>/", schedules.edit_season, name="edit_season"),
    path("my/seasons/<slug:public_id>/remove/", schedules.remove_season, name="remove_season"),
    path("my/dates/<slug:public_id>/", one_date.my_date, name="my_date"),
    path("my/dates/<slug:public_id>/change/", one_date.change_date, name="change_date"),
    path("my/dates/<slug:public_id>/resources/", one_date.date_resources, name="date_resources"),
    path("my/dates/<slug:public_id>/group/", one_date.decide_group, name="decide_group"),
    path("my/dates/<slug:public_id>/cancel/", one_date.cancel_date, name="cancel_date"),
    path("my/resources/", resources.my_resources, name="my_resources"),
    path("my/resources/<slug:public_id>/", resources.my_resource, name="my_resource"),
    path("my/resources/<slug:public_id>/tours/", resources.resource_tours, name="resource_tours"),
    path("my/resources/<slug:public_id>/aside/", resources.put_aside, name="put_resource_aside"),
    path("my/calendars/", calendars.my_calendars, name="my_calendars"),
    path("my/calendars/feed/", calendars.make_feed, name="make_feed"),
    path("my/calendars/feed/renew/", calendars.renew_feed, name="renew_feed"),
    path("my/calendars/<slug:public_id>/read/", calendars.read_calendar_now, name="read_calendar"),
    path("my/calendars/<slug:public_id>/remove/", calendars.remove_calendar, name="remove_calendar"),
    path("calendar/<slug:token>.ics", feeds.calendar_feed, name="calendar_feed"),
    path("o/<slug:secret>/other-date/", other_dates.other_date, name="order_other_date"),
]
