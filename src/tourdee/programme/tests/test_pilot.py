"""The pilot is as in the brief, and loading it twice changes nothing."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command

from tourdee.core.models import DatedSetting
from tourdee.core.queries import setting_on
from tourdee.people.models import Organisation
from tourdee.programme import actions, queries
from tourdee.programme.models import AudienceGroup, Cohort, Programme, Session

from .factories import make_topics

pytestmark = pytest.mark.django_db


def test_the_pilot_is_exactly_as_in_the_brief(at):
    make_topics()
    pilot = actions.load_pilot(at=at)
    programme = pilot.programme
    assert programme.name_th == "หลักสูตรดิจิทัลเทคโนโลยีเพื่อพัฒนาเศรษฐกิจชุมชน"
    assert programme.office.slug == "dsd"
    assert programme.hours == 18
    assert programme.audience == [group.value for group in AudienceGroup]
    assert (pilot.seats, pilot.target, pilot.audience_group) == (40, 40, "tour_guide")
    assert (pilot.starts_on, pilot.ends_on) == (date(2020, 11, 23), date(2020, 11, 26))
    assert pilot.venue_th == "สำนักงานพัฒนาธุรกรรมทางอิเล็กทรอนิกส์ (สพธอ.)"
    assert sorted(programme.partners.values_list("slug", flat=True)) == [
        "etda",
        "etda-ecommerce",
        "etda-internet-for-better-life",
        "thai-ecommerce-association",
    ]
    assert Organisation.objects.get(slug="etda-internet-for-better-life").parent.slug == "etda"


def test_six_half_days_of_three_hours_on_the_three_days(at):
    make_topics()
    sessions = queries.timetable(actions.load_pilot(at=at))
    assert [(one.number, one.starts_at, one.ends_at, one.minutes) for one in sessions] == [
        (1, datetime(2020, 11, 23, 2, tzinfo=UTC), datetime(2020, 11, 23, 5, tzinfo=UTC), 180),
        (2, datetime(2020, 11, 23, 6, tzinfo=UTC), datetime(2020, 11, 23, 9, tzinfo=UTC), 180),
        (3, datetime(2020, 11, 25, 2, tzinfo=UTC), datetime(2020, 11, 25, 5, tzinfo=UTC), 180),
        (4, datetime(2020, 11, 25, 6, tzinfo=UTC), datetime(2020, 11, 25, 9, tzinfo=UTC), 180),
        (5, datetime(2020, 11, 26, 2, tzinfo=UTC), datetime(2020, 11, 26, 5, tzinfo=UTC), 180),
        (6, datetime(2020, 11, 26, 6, tzinfo=UTC), datetime(2020, 11, 26, 9, tzinfo=UTC), 180),
    ]


def test_nine_topics_fill_the_eighteen_hours_each_by_its_team(at):
    make_topics()
    pilot = actions.load_pilot(at=at)
    taught = [topic for session in queries.timetable(pilot) for topic in session.topics.all()]
    minutes: dict[str, int] = {}
    for topic in taught:
        minutes[topic.topic.slug] = minutes.get(topic.topic.slug, 0) + topic.minutes
    assert minutes == dict.fromkeys(("basics", "market", "platforms", "line-oa", "facebook-page", "content", "photos",
                                     "legal", "good-crowds"), 120)  # fmt: skip
    assert sum(minutes.values()) == 1080
    assert {topic.topic.slug: topic.team.slug for topic in taught}["platforms"] == "thai-ecommerce-association"
    assert all(topic.team.slug == topic.topic.team for topic in taught)
    assert queries.timetable_warnings(pilot, queries.timetable(pilot)) == []


def test_two_signatories_whose_names_the_office_fills_in(at):
    make_topics()
    programme = actions.load_pilot(at=at).programme
    assert list(programme.signatories.values_list("position", "name_th", "title_th")) == [
        (1, "", "อธิบดีกรมพัฒนาฝีมือแรงงาน"),
        (2, "", "ผู้อำนวยการสำนักงานพัฒนาธุรกรรมทางอิเล็กทรอนิกส์"),
    ]


def test_the_pass_rule_says_that_eighty_per_cent_is_not_confirmed(at):
    make_topics()
    actions.load_pilot(at=at)
    rule = setting_on("pass_rule", date(2020, 11, 26))
    assert rule.value == {"hours_percent": 80, "post_test_percent": 60, "missions": "required"}
    assert rule.confirmed is False
    assert "ยังไม่ยืนยัน" in rule.source


def test_loading_twice_changes_nothing_and_keeps_what_the_office_changed(at):
    make_topics()
    pilot = actions.load_pilot(at=at)
    Cohort.objects.filter(pk=pilot.pk).update(venue_th="ห้องใหม่")
    Programme.objects.update(name_th="ชื่อใหม่")
    DatedSetting.objects.filter(key="pass_rule").update(confirmed=True)
    assert actions.load_pilot(at=at).pk == pilot.pk
    pilot.refresh_from_db()
    assert (pilot.venue_th, pilot.programme.name_th) == ("ห้องใหม่", "ชื่อใหม่")
    assert (Cohort.objects.count(), Session.objects.count(), Organisation.objects.count()) == (1, 6, 5)
    assert DatedSetting.objects.get(key="pass_rule").confirmed is True


def test_without_the_curriculum_nothing_is_loaded(at):
    with pytest.raises(actions.CurriculumMissing):
        actions.load_pilot(at=at)
    assert Programme.objects.count() == 0
    with pytest.raises(CommandError, match="load_curriculum"):
        call_command("load_pilot")


def test_a_cohort_ahead_is_open_on_working_days_two_weeks_from_now(at):
    make_topics()
    actions.load_pilot(at=at)
    ahead = actions.open_cohort_ahead(at=at)
    # 7 December 2026 is the substitute for the national day, 10 December is Constitution Day.
    assert [one.starts_at.date() for one in queries.timetable(ahead)] == [
        date(2026, 12, day) for day in (8, 8, 9, 9, 11, 11)
    ]  # fmt: skip
    assert (ahead.starts_on, ahead.ends_on) == (date(2026, 12, 8), date(2026, 12, 11))
    assert ahead.takes_applications(at)
    assert (ahead.slug, ahead.name_th, ahead.seats) == ("digital-community-2", "รุ่นที่ 2 ปี 2569", 40)
    assert queries.timetable_warnings(ahead, queries.timetable(ahead)) == []
    assert queries.cohorts_open(at) == [ahead]


def test_an_open_cohort_ahead_is_not_made_twice(at):
    make_topics()
    actions.load_pilot(at=at)
    assert actions.open_cohort_ahead(at=at).pk == actions.open_cohort_ahead(at=at).pk


def test_the_command_loads_both(capsys):
    make_topics()
    call_command("load_pilot")
    call_command("load_pilot")
    assert sorted(Cohort.objects.values_list("slug", flat=True)) == ["digital-community-1", "digital-community-2"]
