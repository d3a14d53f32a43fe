"""Questions about checks, the pre-test and the post-test."""

from collections.abc import Iterable
from datetime import datetime

from tourdee.learn.models import Attempt, Quiz
from tourdee.learn.models.quizzes import POST_TESTS, percent
from tourdee.people.models import User

Purpose = Attempt.Purpose
CHECK_PASS = 80  # per cent; a check may be repeated at once and explains itself, so it asks for more than the post-test


def course_test_for(user: User, purpose: str) -> Quiz | None:
    """The form of the test that this person gets. Half of the people begin with A, the other half with B, and the
    post-test is the form that they have not seen: a difference in difficulty of the forms cancels out over the group
    (counterbalancing). ``None`` before the curriculum is loaded."""
    begins_with_a = user.pk % 2 == 0
    form = "a" if begins_with_a == (purpose == Purpose.PRE) else "b"
    return Quiz.objects.filter(slug=f"course-test-{form}", kind=Quiz.Kind.COURSE_TEST).first()


def has_taken_pre_test(user: User) -> bool:
    """Whether the person has handed in the pre-test."""
    return Attempt.objects.filter(user=user, purpose=Purpose.PRE).exists()


def attempts_left(user: User, purpose: str) -> int | None:
    """How often the person may still hand this in: the pre-test once, the post-test three times, a check for ever
    (``None``)."""
    limits = {Purpose.PRE.value: 1, Purpose.POST.value: POST_TESTS}
    if purpose not in limits:
        return None
    return max(0, limits[purpose] - Attempt.objects.filter(user=user, purpose=purpose).count())


def post_test_percent(user: User, since: datetime | None = None) -> int | None:
    """The best post-test handed in since then, in whole per cent rounded down; ``None`` where there is none."""
    return post_test_percents([user], since).get(user.pk)


def pre_test_percent(user: User, since: datetime | None = None) -> int | None:
    """The pre-test, in whole per cent rounded down; ``None`` where it was not taken."""
    return pre_test_percents([user], since).get(user.pk)


def post_test_percents(users: Iterable[User], since: datetime | None = None) -> dict[int, int]:
    """Row id of the user → best post-test in per cent, for those who took it. One query for any number of people."""
    return _best(users, Purpose.POST, since)


def pre_test_percents(users: Iterable[User], since: datetime | None = None) -> dict[int, int]:
    """Row id of the user → pre-test in per cent, for those who took it. One query for any number of people."""
    return _best(users, Purpose.PRE, since)


def _best(users: Iterable[User], purpose: str, since: datetime | None) -> dict[int, int]:
    attempts = Attempt.objects.filter(user__in=[user.pk for user in users], purpose=purpose)
    if since is not None:
        attempts = attempts.filter(at__gte=since)
    best: dict[int, int] = {}
    for user_id, right, total in attempts.values_list("user_id", "right", "total").order_by():
        best[user_id] = max(percent(right, total), best.get(user_id, 0))
    return best
