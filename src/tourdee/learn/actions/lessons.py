"""Reading."""

from datetime import datetime

from django.db import transaction

from tourdee.learn.models import LessonRead, Topic
from tourdee.people.models import User


@transaction.atomic
def mark_lesson_read(*, user: User, topic: Topic, number: int, at: datetime) -> bool:
    """Remember that somebody has read a lesson. Returns whether that is news; a second time changes nothing."""
    _, is_news = LessonRead.objects.get_or_create(user=user, topic=topic, number=number, defaults={"at": at})
    return is_news
