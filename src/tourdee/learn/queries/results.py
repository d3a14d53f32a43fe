"""What came out of an attempt."""

from dataclasses import dataclass, field

from tourdee.learn.models import Attempt, Question, Topic
from tourdee.people.models import User

from .quizzes import CHECK_PASS, attempts_left


@dataclass(frozen=True)
class Answered:
    """A question, what was chosen and what would have been right (indexes into its choices)."""

    question: Question
    chosen: int

    @property
    def is_right(self) -> bool:
        return self.chosen == self.question.correct

    @property
    def choices(self) -> list[dict[str, object]]:
        """The choices with what to show at each: ``right`` for the correct one, ``wrong`` for a wrong one chosen."""
        marks = {self.chosen: "wrong", self.question.correct: "right"}
        return [
            {**choice, "mark": marks.get(place, ""), "chosen": place == self.chosen}
            for place, choice in enumerate(self.question.choices)
        ]


@dataclass
class TopicScore:
    """How many questions of a topic were right."""

    topic: Topic
    right: int = 0
    total: int = 0


@dataclass(frozen=True)
class Result:
    """An attempt laid open. ``answers`` is empty while showing them would spoil a further attempt, or where the
    questions have been rewritten since; ``left`` is how many attempts remain (``None``: no limit)."""

    attempt: Attempt
    passed: bool
    left: int | None
    topics: list[TopicScore] = field(default_factory=list)
    answers: list[Answered] = field(default_factory=list)


def best_attempt(user: User, purpose: str) -> Attempt | None:
    """The pre-test, or the best post-test (the earlier of two equal ones)."""
    attempts = Attempt.objects.filter(user=user, purpose=purpose).order_by("at")
    return max(attempts, key=lambda attempt: attempt.percent, default=None)


def result_of_attempt(attempt: Attempt) -> Result:
    """The result page's matter. Right answers are shown at once after a check; after the post-test once no attempt is
    left or all was right; after the pre-test never, for its questions are somebody else's post-test."""
    answered = _answered(attempt)
    left = attempts_left(attempt.user, attempt.purpose)
    open_now = attempt.purpose == Attempt.Purpose.CHECK or (
        attempt.purpose == Attempt.Purpose.POST and (left == 0 or attempt.right == attempt.total)
    )
    return Result(
        attempt=attempt,
        passed=attempt.percent >= CHECK_PASS,
        left=left,
        topics=_by_topic(answered),
        answers=answered if open_now else [],
    )


def _answered(attempt: Attempt) -> list[Answered]:
    """Question by question; nothing where the questions are no longer those that were answered."""
    questions = list(attempt.quiz.questions.select_related("topic"))
    if {question.slug for question in questions} != set(attempt.answers):
        return []
    answered = [Answered(question, attempt.answers[question.slug]) for question in questions]
    return answered if sum(one.is_right for one in answered) == attempt.right else []


def _by_topic(answered: list[Answered]) -> list[TopicScore]:
    scores: dict[int, TopicScore] = {}
    for one in answered:
        score = scores.setdefault(one.question.topic_id, TopicScore(one.question.topic))
        score.total += 1
        score.right += one.is_right
    return sorted(scores.values(), key=lambda score: score.topic.number)
