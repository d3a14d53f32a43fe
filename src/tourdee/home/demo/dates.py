"""A schedule, a season and a guide in the demo: what keeps a calendar full without daily work."""

from datetime import date, datetime, timedelta

from tourdee.core.dates import bangkok_day
from tourdee.shop.actions.assignments import attach_resources
from tourdee.shop.actions.resources import ResourceDetails, make_resource
from tourdee.shop.actions.schedules import ScheduleDetails, begin_schedule
from tourdee.shop.actions.seasons import SeasonDetails, save_season
from tourdee.shop.models import Tour

from .cast import person


def load_dates(at: datetime) -> None:
    """On the boat tours of Somying: weekend mornings by schedule, dearer at New Year, led by her assistant."""
    owner = person("somying")
    tour = Tour.objects.filter(shop__owner=owner).select_related("shop").order_by("pk")[0]
    guide = make_resource(shop=tour.shop, details=ResourceDetails(kind="guide", name="น้องฝน (ผู้ช่วยไกด์)"))
    attach_resources(tour=tour, resources=[guide], by=owner, at=at)
    today = bangkok_day(at)
    weekends = ScheduleDetails(weekdays=[5, 6], times=["06:00"], first_day=today, capacity=8, days_ahead=60)
    begin_schedule(tour=tour, details=weekends, by=owner, at=at)
    adult = tour.prices.all()[0]
    new_year = date(today.year, 12, 29)
    season = SeasonDetails(
        name_th="ปีใหม่", name_en="New Year", first_day=new_year, last_day=new_year + timedelta(days=5),
        prices={(adult.pk, None): adult.price_satang + 20000},
    )  # fmt: skip
    save_season(tour=tour, details=season, by=owner, at=at)
