"""Who is erased takes along what was entrusted to them alone."""

from django.utils import timezone

from tourdee.events import PersonErased, listens

from ..actions.questions import erase_numbers_of_seller


@listens(PersonErased)
def erase_guests_numbers(happened: PersonErased) -> None:
    """Of a shop whose owner is gone."""
    erase_numbers_of_seller(user=happened.user, at=timezone.now())
