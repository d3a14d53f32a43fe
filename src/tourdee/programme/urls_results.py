"""Addresses of attendance, decisions and certificates."""

from django.urls import path

from .views import attendance, check_in

urlpatterns = [
    path("in/", check_in.check_in_code, name="check_in_code"),
    path("in/<slug:session_id>/done/", check_in.check_in_done, name="check_in_done"),
    path("in/<slug:session_id>/<str:token>/", check_in.check_in, name="check_in"),
    path("office/sessions/<slug:session_id>/wall/", attendance.attendance_wall, name="attendance_wall"),
    path("office/sessions/<slug:session_id>/wall/live/", attendance.attendance_wall_live, name="attendance_wall_live"),
    path("office/sessions/<slug:session_id>/open/", attendance.attendance_open, name="attendance_open"),
    path("office/sessions/<slug:session_id>/attendance/", attendance.attendance_session, name="attendance_session"),
    path(
        "office/sessions/<slug:session_id>/attendance/all/",
        attendance.attendance_all_present,
        name="attendance_all_present",
    ),
    path("office/sessions/<slug:session_id>/sheet/", attendance.sign_in_sheet, name="sign_in_sheet"),
    path("office/attendance/<slug:mark_id>/confirm/", attendance.attendance_confirm, name="attendance_confirm"),
    path("office/cohorts/<slug:slug>/attendance/", attendance.attendance_register, name="attendance_register"),
    path(
        "office/cohorts/<slug:slug>/attendance/export.<str:kind>",
        attendance.attendance_export,
        name="attendance_export",
    ),
]
