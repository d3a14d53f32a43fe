"""Answers that a shop keeps ready."""

from django.db import transaction

from tourdee.shop.models import Shop

from ..models import SavedAnswer

MOST = 30


class TooManyAnswers(Exception):
    """Nobody finds anything among more than ``MOST``."""


@transaction.atomic
def save_answer(*, shop: Shop, title: str, text: str, answer: SavedAnswer | None = None) -> SavedAnswer:
    """Keep a text, or change one that is kept. Raises TooManyAnswers."""
    if answer is None:
        if SavedAnswer.objects.filter(shop=shop).count() >= MOST:
            raise TooManyAnswers
        return SavedAnswer.objects.create(shop=shop, title=title, text=text)
    SavedAnswer.objects.filter(pk=answer.pk, shop=shop).update(title=title, text=text)
    answer.refresh_from_db()
    return answer


@transaction.atomic
def delete_answer(*, answer: SavedAnswer) -> None:
    """It is no longer needed."""
    answer.delete()
