"""A half-day, and the topics taught in it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tourdee.core.dates import BANGKOK, at_bangkok
from tourdee.core.forms.choices import offer
from tourdee.core.forms.fields import LineField, ThaiDateField, WholeNumberField
from tourdee.core.templatetags.tourdee import local
from tourdee.learn.models import Topic

from ..actions import SessionDetails, TaughtTopic
from ..models import Cohort, Session
from ..queries import cohorts_seen_by, instructors_of, teams_of
from .cohorts import clock_field

MOST_TOPICS = 5


class SessionForm(forms.Form):
    """When and where a half-day is."""

    day = ThaiDateField(label=_("Day"))
    starts = clock_field(_("From"))
    ends = clock_field(_("To"))
    venue_th = LineField(
        label=_("Another place, in Thai"), help_text=_("Only if it is not the cohort's place."), required=False
    )
    venue_en = LineField(label=_("Another place, in English"), required=False)

    def __init__(self, *args: Any, cohort: Cohort, session: Session | None = None, **kwargs: Any) -> None:
        morning = {"day": cohort.starts_on, "starts": "09:00", "ends": "12:00"}
        kwargs["initial"] = _initial(session) if session else morning
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("The end comes before the beginning."))
        return cleaned

    def details(self, topics: list[TaughtTopic]) -> SessionDetails:
        """What was typed, for the act."""
        cleaned = self.cleaned_data
        starts, ends = (at_bangkok(cleaned["day"], cleaned[n].hour, cleaned[n].minute) for n in ("starts", "ends"))
        venue = {name: cleaned[name] for name in ("venue_th", "venue_en")}
        return SessionDetails(starts_at=starts, ends_at=ends, topics=topics, **venue)


class TaughtTopicForm(forms.Form):
    """One topic of a half-day. An empty line is no topic."""

    topic = forms.ChoiceField(label=_("Topic"), required=False)
    minutes = WholeNumberField(label=_("Minutes"), min_value=10, max_value=600, required=False)
    team = forms.ChoiceField(label=_("Team"), required=False)
    instructor = forms.ChoiceField(label=_("Instructor"), required=False)

    def __init__(self, *args: Any, offered: "_Offered", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        for name in ("topic", "team", "instructor"):
            offer(self, name, [("", "—"), *getattr(offered, f"{name}_choices")])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("topic"):
            if any(cleaned.get(name) for name in ("minutes", "team", "instructor")):
                self.add_error("topic", _("Please choose the topic of this line, or empty the whole line."))
            return cleaned
        for name in ("minutes", "team"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("This is missing."))
        if cleaned.get("instructor") and not self.offered.teaches(cleaned["instructor"], cleaned.get("team", "")):
            self.add_error("instructor", _("This instructor does not belong to the team of this line."))
        return cleaned

    def taught(self) -> TaughtTopic | None:
        """The topic, for the act; None for an empty line."""
        cleaned, offered = self.cleaned_data, self.offered
        if not cleaned.get("topic"):
            return None
        return TaughtTopic(
            topic=offered.topics[cleaned["topic"]],
            minutes=cleaned["minutes"],
            team=offered.teams[cleaned["team"]],
            instructor=offered.people.get(cleaned["instructor"]),
        )


class TaughtTopicForms(forms.BaseFormSet):
    """The lines of a half-day: as many as it can have topics, the unused ones empty."""

    form, extra, min_num, max_num, absolute_max = TaughtTopicForm, MOST_TOPICS, 0, MOST_TOPICS, MOST_TOPICS
    can_order = can_delete = validate_max = validate_min = False
    renderer = None
    edit_only = False

    def __init__(self, *args: Any, cohort: Cohort, session: Session | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = [_topic_initial(one) for one in session.topics.all()] if session else []
        super().__init__(*args, **{**kwargs, "prefix": "topics", "form_kwargs": {"offered": _Offered(cohort)}})

    def taught(self) -> list[TaughtTopic]:
        """The topics in the order of the lines."""
        return [taught for form in self.forms if (taught := form.taught())]


class CopyTimetableForm(forms.Form):
    """From which of the officer's other cohorts the timetable is copied."""

    source = forms.ChoiceField(label=_("Copy the timetable of"))

    def __init__(self, *args: Any, user: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = cohorts_seen_by(user).filter(sessions__isnull=False).exclude(pk=cohort.pk).distinct()
        self.cohorts = {one.slug: one for one in others}
        offer(self, "source", [(slug, local(one, "name")) for slug, one in self.cohorts.items()])

    def chosen_source(self) -> Cohort:
        """The cohort that was chosen."""
        return self.cohorts[self.cleaned_data["source"]]


class _Offered:
    """What the lines of a half-day may choose from, read once for all lines. People are named by public id."""

    def __init__(self, cohort: Cohort) -> None:
        teams = teams_of(cohort)
        members = list(instructors_of(teams))
        self.topics = {topic.slug: topic for topic in Topic.objects.all()}
        self.teams = {team.slug: team for team in teams}
        self.people = {member.user.public_id: member.user for member in members}
        self.pairs = {(member.user.public_id, member.organisation.slug) for member in members}
        self.topic_choices = [(slug, f"{topic.number}. {local(topic, 'title')}") for slug, topic in self.topics.items()]
        self.team_choices = [(slug, local(team, "name")) for slug, team in self.teams.items()]
        self.instructor_choices = [(who, user.get_full_name()) for who, user in self.people.items()]

    def teaches(self, who: str, team: str) -> bool:
        return (who, team) in self.pairs


def _initial(session: Session) -> dict[str, Any]:
    starts, ends = session.starts_at.astimezone(BANGKOK), session.ends_at.astimezone(BANGKOK)
    venue = {"venue_th": session.venue_th, "venue_en": session.venue_en}
    return {"day": starts.date(), "starts": starts.time(), "ends": ends.time(), **venue}


def _topic_initial(one: Any) -> dict[str, Any]:
    instructor = one.instructor.public_id if one.instructor else ""
    return {"topic": one.topic.slug, "minutes": one.minutes, "team": one.team.slug, "instructor": instructor}
