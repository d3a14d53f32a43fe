"""Addresses of attendance, decisions and certificates."""

from django.urls import path

from .views import attendance, certificates, check_in, decisions, verify

SESSION = "office/sessions/<slug:session_id>/"
COHORT = "office/cohorts/<slug:slug>/"

check_in_pages = [
    path("in/", check_in.check_in_code, name="check_in_code"),
    path("in/<slug:session_id>/done/", check_in.check_in_done, name="check_in_done"),
    path("in/<slug:session_id>/<str:token>/", check_in.check_in, name="check_in"),
]
register_pages = [
    path(f"{SESSION}wall/", attendance.attendance_wall, name="attendance_wall"),
    path(f"{SESSION}wall/live/", attendance.attendance_wall_live, name="attendance_wall_live"),
    path(f"{SESSION}open/", attendance.attendance_open, name="attendance_open"),
    path(f"{SESSION}attendance/", attendance.attendance_session, name="attendance_session"),
    path(f"{SESSION}attendance/all/", attendance.attendance_all_present, name="attendance_all_present"),
    path(f"{SESSION}sheet/", attendance.sign_in_sheet, name="sign_in_sheet"),
    path("office/attendance/<slug:mark_id>/confirm/", attendance.attendance_confirm, name="attendance_confirm"),
    path(f"{COHORT}attendance/", attendance.attendance_register, name="attendance_register"),
    path(f"{COHORT}attendance/export.<str:kind>", attendance.attendance_export, name="attendance_export"),
]
decision_pages = [
    path(f"{COHORT}decisions/", decisions.decisions, name="decisions"),
    path(f"{COHORT}decisions/all/", decisions.decide_all, name="decide_all"),
    path(f"{COHORT}decisions/export.<str:kind>", decisions.decisions_export, name="decisions_export"),
    path(f"{COHORT}decisions/<slug:enrolment_id>/", decisions.decide, name="decide_learner"),
    path(f"{COHORT}pass-rule/", decisions.pass_rule, name="pass_rule"),
]
certificate_pages = [
    path(f"{COHORT}certificates/", certificates.certificates, name="certificates"),
    path(f"{COHORT}certificates/issue/", certificates.issue_certificates, name="issue_certificates"),
    path(f"{COHORT}certificates/all.pdf", certificates.certificates_pdf, name="certificates_pdf"),
    path(f"{COHORT}certificates/<slug:enrolment_id>/", certificates.issue_certificate, name="issue_certificate"),
    path(
        "office/certificates/<slug:certificate_id>.pdf",
        certificates.office_certificate_pdf,
        name="office_certificate_pdf",
    ),
    path(
        "office/certificates/<slug:certificate_id>/revoke/", certificates.revoke_certificate, name="revoke_certificate"
    ),
    path("my/certificates/", certificates.my_certificates, name="my_certificates"),
    path("my/certificates/<slug:certificate_id>.pdf", certificates.my_certificate_pdf, name="my_certificate_pdf"),
    path("verify/", verify.verify, name="verify"),
    path("verify/<str:code>/", verify.verify_certificate, name="verify_certificate"),
]

urlpatterns = [*check_in_pages, *register_pages, *decision_pages, *certificate_pages]
