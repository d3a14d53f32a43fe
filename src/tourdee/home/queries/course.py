"""The course in numbers and names."""

from dataclasses import dataclass

from tourdee.learn.models import Topic
from tourdee.people.models import Organisation
from tourdee.programme.models import Cohort, Programme


@dataclass(frozen=True)
class TopicLine:
    """A topic of the course with the name of the team that teaches it."""

    topic: Topic
    team: Organisation | None


def course_programme() -> Programme | None:
    """The programme of the course, with its partners, the office first."""
    return Programme.objects.select_related("office").prefetch_related("partners").order_by("id").first()


def past_cohorts(limit: int = 6) -> list[Cohort]:
    """Cohorts that are over, the newest first: the pilot stands here."""
    return list(Cohort.objects.filter(status=Cohort.Status.FINISHED).order_by("-starts_on")[:limit])


def topic_lines() -> list[TopicLine]:
    """The nine topics in order, each with its team."""
    teams = {team.slug: team for team in Organisation.objects.all()}
    return [TopicLine(topic, teams.get(topic.team)) for topic in Topic.objects.all()]
