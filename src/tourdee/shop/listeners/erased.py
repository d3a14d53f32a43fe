"""Who is erased takes along what was entrusted to them alone."""

from django.utils import timezone

from tourdee.events import PersonErased, listens
from tourdee.people.queries import KnownAs

from ..actions.enquiries import forget_enquiries_of
from ..actions.questions import erase_answers_of_seller
from ..actions.stock_notes import forget_stock_notes_of
from ..actions.waiting_list import forget_parties_of


@listens(PersonErased)
def erase_guests_numbers(happened: PersonErased) -> None:
    """Of a shop whose owner is gone."""
    erase_answers_of_seller(user=happened.user, at=timezone.now())


@listens(PersonErased)
def forget_enquiries(happened: PersonErased) -> None:
    """What they asked shops as a visitor."""
    forget_enquiries_of(known=KnownAs.unsealed(happened.known_as))


@listens(PersonErased)
def forget_stock_notes(happened: PersonErased) -> None:
    """Of which sold-out things they wished to hear."""
    forget_stock_notes_of(known=KnownAs.unsealed(happened.known_as))


@listens(PersonErased)
def forget_waiting_places(happened: PersonErased) -> None:
    """On which lists they waited for a seat."""
    forget_parties_of(known=KnownAs.unsealed(happened.known_as))
