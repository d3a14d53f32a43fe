"""Addresses of the room, grouped by topic."""

from django.urls import include, path

from .views import applications, cohorts, desk, exports, roster, screening, seats, timetable

OFFICE_COHORT = "office/cohorts/<slug:slug>/"
OFFICE_APPLICATION = "office/applications/<slug:public_id>/"

public = [
    path("cohorts/", cohorts.cohorts, name="cohorts"),
    path("cohorts/<slug:slug>/", cohorts.cohort, name="cohort"),
    path("cohorts/<slug:slug>/timetable.ics", cohorts.cohort_ical, name="cohort_ical"),
    path("cohorts/<slug:slug>/apply/", applications.apply, name="apply"),
]
applicant = [
    path("my/applications/", applications.my_applications, name="my_applications"),
    path("applications/<slug:public_id>/", applications.application, name="application"),
    path("applications/<slug:public_id>/withdraw/", applications.withdraw_application, name="withdraw_application"),
]
desk_pages = [
    path("office/cohorts/", desk.office_cohorts, name="office_cohorts"),
    path("office/cohorts/new/", desk.new_cohort, name="new_cohort"),
    path(OFFICE_COHORT, desk.office_cohort, name="office_cohort"),
    path(f"{OFFICE_COHORT}edit/", desk.edit_cohort, name="edit_cohort"),
    path(f"{OFFICE_COHORT}status/", desk.cohort_status, name="cohort_status"),
    path("office/programmes/new/", desk.new_programme, name="new_programme"),
    path("office/programmes/<slug:slug>/", desk.edit_programme, name="edit_programme"),
]
screening_pages = [
    path(f"{OFFICE_COHORT}applications/", screening.office_applications, name="office_applications"),
    path(f"{OFFICE_COHORT}applications/new/", screening.enter_application, name="enter_application"),
    path(f"{OFFICE_COHORT}applications/seat/", screening.seat_ticked, name="seat_ticked"),
    path(f"{OFFICE_COHORT}applications/export/", exports.export_applications, name="export_applications"),
    path(OFFICE_APPLICATION, screening.office_application, name="office_application"),
    path(f"{OFFICE_APPLICATION}decide/", screening.decide_application, name="decide_application"),
    path(f"{OFFICE_APPLICATION}undo/", screening.undo_decision, name="undo_decision"),
    path(f"{OFFICE_APPLICATION}citizen-id/", screening.show_citizen_id, name="show_citizen_id"),
]
seat_pages = [
    path(f"{OFFICE_COHORT}seats/", seats.office_seats, name="office_seats"),
    path(f"{OFFICE_APPLICATION}move/", seats.move_waiting, name="move_waiting"),
    path("office/seats/<slug:enrolment_id>/no-show/", seats.replace_no_show, name="replace_no_show"),
]
roster_pages = [
    path(f"{OFFICE_COHORT}roster/", roster.import_roster, name="import_roster"),
    path(f"{OFFICE_COHORT}roster/template.xlsx", roster.roster_template, name="roster_template"),
    path("office/rosters/<slug:public_id>/", roster.roster_preview, name="roster_preview"),
]
timetable_pages = [
    path(f"{OFFICE_COHORT}timetable/", timetable.office_timetable, name="office_timetable"),
    path(f"{OFFICE_COHORT}timetable/copy/", timetable.copy_timetable, name="copy_timetable"),
    path(f"{OFFICE_COHORT}timetable/new/", timetable.new_session, name="new_session"),
    path("office/sessions/<slug:session_id>/", timetable.edit_session, name="edit_session"),
    path("office/sessions/<slug:session_id>/delete/", timetable.delete_session, name="delete_session"),
    path("teaching/", timetable.teaching, name="teaching"),
]

urlpatterns = [
    *public,
    *applicant,
    *desk_pages,
    *screening_pages,
    *seat_pages,
    *roster_pages,
    *timetable_pages,
    path("", include("tourdee.programme.urls_results")),
]
