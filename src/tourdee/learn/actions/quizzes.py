"""Handing in a check, the pre-test or the post-test. The score is reckoned here and nowhere else."""

from datetime import datetime

from django.db import IntegrityError, transaction

from tourdee import events
from tourdee.core import audit
from tourdee.learn import queries
from tourdee.learn.models import Attempt, Quiz
from tourdee.people.models import User

Answers = dict[str, int]  # question slug → chosen index


class CannotHandIn(Exception):
    """The quiz is not taken."""


class OtherAnswers(CannotHandIn):
    """The same form was handed in before with other answers; those count."""


class PreTestFirst(CannotHandIn):
    """The post-test measures what was gained since the pre-test."""


class NoAttemptsLeft(CannotHandIn):
    """The pre-test is taken once, the post-test three times."""


class UnknownAnswers(CannotHandIn):
    """The answers do not fit the quiz: a question is missing or strange, or a choice does not exist."""


@transaction.atomic
def hand_in(*, user: User, quiz: Quiz, purpose: str, answers: Answers, key: str, at: datetime) -> Attempt:
    """Mark the answers and keep them. The same form (``key``) sent twice is one attempt.

    Raises OtherAnswers, PreTestFirst, NoAttemptsLeft, UnknownAnswers.
    """
    earlier = Attempt.objects.filter(user=user, idempotency_key=key).first()
    if earlier:
        return _same(earlier, quiz, answers)
    _may_hand_in(user, purpose)
    right, total = _mark(quiz, answers)
    attempt = Attempt(
        user=user, quiz=quiz, purpose=purpose, idempotency_key=key, answers=answers, right=right, total=total, at=at
    )
    attempt.number = Attempt.objects.filter(user=user, quiz=quiz, purpose=purpose).count() + 1
    try:
        with transaction.atomic():
            attempt.save()
    except IntegrityError:  # another request of this person came in between
        return _same(Attempt.objects.filter(user=user, idempotency_key=key).first(), quiz, answers)
    _tell(attempt, at)
    return attempt


def _same(earlier: Attempt | None, quiz: Quiz, answers: Answers) -> Attempt:
    if earlier is None:
        raise NoAttemptsLeft
    if earlier.quiz_id != quiz.pk or earlier.answers != answers:
        raise OtherAnswers
    return earlier


def _may_hand_in(user: User, purpose: str) -> None:
    if purpose == Attempt.Purpose.POST and not queries.has_taken_pre_test(user):
        raise PreTestFirst
    if queries.attempts_left(user, purpose) == 0:
        raise NoAttemptsLeft


def _mark(quiz: Quiz, answers: Answers) -> tuple[int, int]:
    questions = list(quiz.questions.all())
    if {question.slug for question in questions} != set(answers):
        raise UnknownAnswers
    if not all(0 <= answers[question.slug] < len(question.choices) for question in questions):
        raise UnknownAnswers
    return sum(answers[question.slug] == question.correct for question in questions), len(questions)


def _tell(attempt: Attempt, at: datetime) -> None:
    test = attempt.quiz.slug if attempt.purpose == Attempt.Purpose.CHECK else str(attempt.purpose)
    audit.record(
        "quiz_handed_in",
        subject=attempt,
        actor=attempt.user,
        at=at,
        text=f"Handed in {test}: {attempt.right} of {attempt.total} right ({attempt.percent} %)",
        data={"test": test, "right": attempt.right, "total": attempt.total, "number": attempt.number},
    )
    events.publish(events.QuizTaken(user=attempt.user.public_id, test=test, score=attempt.percent))
