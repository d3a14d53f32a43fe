"""What somebody left with shops as a visitor, known by the address and the telephone number that they have proved."""

from django.db.models import Q, QuerySet

from tourdee.core.telephones import dialled
from tourdee.people.queries import KnownAs

from ..models import Enquiry, StockNote, WaitingParty

NOBODY = Q(pk__in=())


def enquiries_of(known: KnownAs) -> QuerySet[Enquiry]:
    """Their questions, in whatever way the telephone number was typed."""
    mine = Q(contact__iexact=known.email) if known.email else NOBODY
    if known.phone:
        mine |= Q(pk__in=_asked_by_telephone(known.phone))
    return Enquiry.objects.filter(mine)


def _asked_by_telephone(phone: str) -> list[int]:
    contacts = Enquiry.objects.exclude(contact__contains="@").values_list("pk", "contact")
    return [pk for pk, contact in contacts.iterator() if dialled(contact) == phone]


def stock_notes_of(known: KnownAs) -> QuerySet[StockNote]:
    """Of which sold-out things they wish to hear."""
    return StockNote.objects.filter(email__iexact=known.email) if known.email else StockNote.objects.none()


def parties_of(known: KnownAs) -> QuerySet[WaitingParty]:
    """Their places on waiting lists, those that led to an order included."""
    mine = Q(email__iexact=known.email) if known.email else NOBODY
    if known.phone:
        mine |= Q(phone=known.phone)
    return WaitingParty.objects.filter(mine)
