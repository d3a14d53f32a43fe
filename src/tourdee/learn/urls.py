"""Addresses of the room. Names that stand beside <slug:slug>/ are reserved: files/checking.py refuses such topics."""

from django.urls import path, re_path

from .views import costs, lessons, missions, quizzes, reviews

urlpatterns = [
    path("", lessons.course, name="learn"),
    path("missions/", missions.missions, name="missions"),
    path("missions/<slug:slug>/", missions.mission, name="mission"),
    path("missions/evidence/<slug:public_id>/", missions.evidence, name="mission_evidence"),
    path("reviews/", reviews.queue, name="mission_reviews"),
    path("reviews/<slug:public_id>/", reviews.review, name="mission_review"),
    path("costs/", costs.costs, name="costs"),
    path("costs/new/", costs.new, name="cost_sheet_new"),
    path("costs/result/", costs.reckon, name="cost_result"),
    path("costs/<slug:public_id>/", costs.edit, name="cost_sheet"),
    path("costs/<slug:public_id>/delete/", costs.delete, name="cost_sheet_delete"),
    re_path(r"^test/(?P<purpose>pre|post)/$", quizzes.course_test, name="learn_test"),
    path("results/<slug:public_id>/", quizzes.result, name="learn_result"),
    path("<slug:slug>/", lessons.topic, name="learn_topic"),
    path("<slug:slug>/check/", quizzes.check, name="learn_check"),
    path("<slug:slug>/<int:number>/", lessons.lesson, name="learn_lesson"),
    path("<slug:slug>/<int:number>/read/", lessons.read, name="learn_lesson_read"),
]
