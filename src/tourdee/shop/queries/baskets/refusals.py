"""Why an order cannot be placed."""

from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tourdee.core.money import baht

from ..refusals import Refused

LARGEST_QUANTITY = 99


class NotOnSale(Refused):
    """Unknown, of another shop, hidden, past its cut-off, or without a licence in force. ``name`` may be empty."""

    def __init__(self, name: str = "") -> None:
        super().__init__(name)
        self.name = name

    @property
    def message(self) -> str:
        if self.name:
            return _("“%(name)s” can no longer be booked. Please take it out and choose something else.") % {
                "name": self.name
            }
        return _("Something in your basket is no longer on sale. Please take it out and choose again.")


class BadQuantity(Refused):
    """Not a whole number from 1 to ``largest``."""

    def __init__(self, name: str = "", largest: int = LARGEST_QUANTITY) -> None:
        super().__init__(name)
        self.name = name
        self.largest = largest

    @property
    def message(self) -> str:
        return _("Please choose a whole number from 1 to %(largest)s.") % {"largest": self.largest}


class NoSuchChoice(Refused):
    """A pick-up point or a language that the tour does not offer."""

    @property
    def message(self) -> str:
        return _("This pick-up or language is no longer offered. Please choose again.")


class PrivateOrJoinIn(Refused):
    """A whole departure and single seats of it, or the whole of it twice."""

    @property
    def message(self) -> str:
        return _("A private group has the whole date for itself. Please choose either that or single seats.")


class MixedSellers(Refused):
    """What is in the basket would be paid to different people."""

    @property
    def message(self) -> str:
        return _(
            "These are sold by different sellers, so they need separate payments. "
            "Please order the things of one seller first, then the others."
        )


class DiscountTooLarge(Refused):
    """More is taken off than it costs; nobody is paid for coming. ``most_satang`` is what it costs."""

    def __init__(self, most_satang: int) -> None:
        super().__init__(most_satang)
        self.most_satang = most_satang

    @property
    def message(self) -> str:
        return _("The discount is more than the price of %(price)s.") % {"price": baht(self.most_satang)}


class NoReason(Refused):
    """Money was taken off and nobody said why; the books and the guest are told."""

    @property
    def message(self) -> str:
        return _("Please say why there is a discount. It stands on the receipt.")


VOUCHER_REASONS = {
    "unknown": gettext_lazy("This shop has no such code. Please check how it is written."),
    "early": gettext_lazy("This code does not hold yet."),
    "over": gettext_lazy("This code no longer holds."),
    "used_up": gettext_lazy("This code has been used as often as it may be."),
    "nothing": gettext_lazy("This code is for other things than those in your basket."),
    "minimum": gettext_lazy("This code holds from %(minimum)s on."),
}


class VoucherRefused(Refused):
    """The code takes nothing off this basket. ``minimum_satang`` is what it asks for where the basket is too small."""

    def __init__(
        self,
        reason: Literal["unknown", "early", "over", "used_up", "nothing", "minimum"],
        minimum_satang: int = 0,
    ) -> None:
        super().__init__(reason)
        self.reason, self.minimum_satang = reason, minimum_satang

    @property
    def message(self) -> str:
        return str(VOUCHER_REASONS[self.reason]) % {"minimum": baht(self.minimum_satang)}
