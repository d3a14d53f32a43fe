"""How far somebody has come, and what comes next."""

from dataclasses import dataclass, field

from django.urls import reverse

from tourdee.learn.models import Attempt, Lesson, LessonRead, Mission, Topic
from tourdee.learn.models.quizzes import percent
from tourdee.people.models import User

from .missions import MissionCount, MissionState, missions_of
from .quizzes import CHECK_PASS


@dataclass
class TopicProgress:
    """One topic: lessons there are and lessons read (their numbers), the best check in per cent, the missions."""

    topic: Topic
    lessons: list[int] = field(default_factory=list)
    read: set[int] = field(default_factory=set)
    check_percent: int | None = None
    missions: list[MissionState] = field(default_factory=list)

    @property
    def is_read(self) -> bool:
        return bool(self.lessons) and self.read >= set(self.lessons)

    @property
    def check_passed(self) -> bool:
        return self.check_percent is not None and self.check_percent >= CHECK_PASS

    @property
    def missions_done(self) -> int:
        return sum(state.is_done for state in self.missions)

    @property
    def is_done(self) -> bool:
        """Read, checked, and every required mission done."""
        return self.is_read and self.check_passed and all(s.is_done for s in self.missions if s.mission.required)

    @property
    def is_begun(self) -> bool:
        return bool(self.read) or self.check_percent is not None or any(state.progress for state in self.missions)


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next. ``kind``: pre, mend, lesson, check, mission, post, wait, finished, or nothing while
    no curriculum is loaded; a topic or mission where the kind speaks of one."""

    kind: str
    url: str
    topic: Topic | None = None
    mission: Mission | None = None


@dataclass(frozen=True)
class Progress:
    """Everything about one person's learning, in seven queries."""

    topics: list[TopicProgress]
    pre_percent: int | None
    post_percent: int | None
    post_attempts: int

    @property
    def lessons(self) -> int:
        return sum(len(one.lessons) for one in self.topics)

    @property
    def lessons_read(self) -> int:
        return sum(len(one.read & set(one.lessons)) for one in self.topics)

    @property
    def checks_passed(self) -> int:
        return sum(one.check_passed for one in self.topics)

    @property
    def missions(self) -> list[MissionState]:
        return [state for one in self.topics for state in one.missions]

    @property
    def required_missions(self) -> MissionCount:
        required = [state for state in self.missions if state.mission.required and not state.mission.retired]
        return MissionCount(sum(state.is_done for state in required), len(required))

    @property
    def percent(self) -> int:
        """How much of lessons, checks, required missions and the two tests is done, each counting alike."""
        missions = self.required_missions
        done = self.lessons_read + self.checks_passed + missions.done
        done += (self.pre_percent is not None) + (self.post_percent is not None)
        return percent(done, self.lessons + len(self.topics) + missions.required + 2)


def progress_of(user: User) -> Progress:
    """How far somebody has come."""
    topics = {topic.pk: TopicProgress(topic) for topic in Topic.objects.all()}
    for topic_id, number in (
        Lesson.objects.values_list("topic_id", "number").distinct().order_by("topic__number", "number")
    ):
        topics[topic_id].lessons.append(number)
    for topic_id, number in LessonRead.objects.filter(user=user).values_list("topic_id", "number"):
        topics[topic_id].read.add(number)
    for state in missions_of(user):
        topics[state.mission.topic_id].missions.append(state)
    tests: dict[str, list[int]] = {Attempt.Purpose.PRE: [], Attempt.Purpose.POST: []}
    for purpose, check_of, right, total in _attempts(user):
        score = percent(right, total)
        if check_of is None:
            tests[purpose].append(score)
        else:
            topics[check_of].check_percent = max(score, topics[check_of].check_percent or 0)
    pre, post = tests[Attempt.Purpose.PRE], tests[Attempt.Purpose.POST]
    return Progress(list(topics.values()), max(pre, default=None), max(post, default=None), len(post))


def _attempts(user: User) -> list[tuple[str, int | None, int, int]]:
    return list(Attempt.objects.filter(user=user).values_list("purpose", "quiz__topic_id", "right", "total").order_by())


def next_step(user: User) -> NextStep:
    """The one thing to do next, for a today page."""
    return next_step_after(progress_of(user))


def next_step_after(progress: Progress) -> NextStep:
    """The one thing to do next: the pre-test; what an instructor returned; then topic by topic the lesson, its check
    and its missions; the post-test; and at last what waits for others (a buyer, an officer)."""
    if not progress.topics:
        return NextStep("nothing", reverse("learn"))
    if progress.pre_percent is None:
        return NextStep("pre", reverse("learn_test", args=["pre"]))
    for state in progress.missions:
        if state.status == "returned":
            return _mission_step("mend", state)
    for topic in progress.topics:
        step = _step_in(topic)
        if step:
            return step
    if progress.post_percent is None:
        return NextStep("post", reverse("learn_test", args=["post"]))
    waiting = [state for state in progress.missions if not state.is_done and state.mission.required]
    return _mission_step("wait", waiting[0]) if waiting else NextStep("finished", reverse("missions"))


def _step_in(one: TopicProgress) -> NextStep | None:
    unread = sorted(set(one.lessons) - one.read)
    if unread:
        return NextStep("lesson", reverse("learn_lesson", args=[one.topic.slug, unread[0]]), one.topic)
    if one.lessons and not one.check_passed:
        return NextStep("check", reverse("learn_check", args=[one.topic.slug]), one.topic)
    mine = [
        state
        for state in one.missions
        if state.needs_me and not state.mission.waits_for_others and state.mission.required
    ]
    return _mission_step("mission", mine[0]) if mine else None


def _mission_step(kind: str, state: MissionState) -> NextStep:
    return NextStep(kind, reverse("mission", args=[state.mission.slug]), state.mission.topic, state.mission)
