"""Answers to words, as the seller edits them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tourdee.shop.models import Shop

from ..models import KeywordAnswer

MOST_ANSWERS = 50


class TooManyAnswers(Exception):
    """So many that they contradict each other."""

    @property
    def message(self) -> str:
        return _("A shop can have %(most)d answers. Please delete one first.") % {"most": MOST_ANSWERS}


@transaction.atomic
def add_answer(
    *, shop: Shop, words: list[str], answer: str, shows: str, is_active: bool, at: datetime
) -> KeywordAnswer:  # fmt: skip
    """A new answer. Raises TooManyAnswers."""
    if KeywordAnswer.objects.filter(shop=shop).count() >= MOST_ANSWERS:
        raise TooManyAnswers
    return KeywordAnswer.objects.create(
        shop=shop, words=words, answer=answer, shows=shows, is_active=is_active, created_at=at
    )


@transaction.atomic
def change_answer(*, answer: KeywordAnswer, words: list[str], text: str, shows: str, is_active: bool) -> None:
    """Other words, another answer, or silence for a while."""
    answer.words, answer.answer, answer.shows, answer.is_active = words, text, shows, is_active
    answer.save(update_fields=["words", "answer", "shows", "is_active"])


@transaction.atomic
def delete_answer(*, answer: KeywordAnswer) -> None:
    """It is said no more."""
    answer.delete()
