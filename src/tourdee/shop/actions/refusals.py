"""Why an order is not placed, beyond what the basket itself refuses."""

from django.utils.translation import gettext as _

from tourdee.core.money import baht

from ..queries.refusals import Refused


class SoldOut(Refused):
    """Fewer are left than asked for. ``name`` is what, ``left`` how many there are."""

    def __init__(self, name_th: str, name_en: str, left: int) -> None:
        super().__init__(name_th)
        self.name_th, self.name_en, self.left = name_th, name_en, left

    @property
    def message(self) -> str:
        if self.left:
            return _("Only %(left)s left. Please choose fewer, or another date.") % {"left": self.left}
        return _("Sold out. Please choose another date or something else.")


class KeyReused(Refused):
    """The same form was sent before with something else in it, or its key is none that we gave."""

    @property
    def message(self) -> str:
        return _("This form has already been used for another order. Please look at your orders, or start again.")


class ChangedAlready(KeyReused):
    """The form changed the order before, with something else in it."""

    @property
    def message(self) -> str:
        return _(
            "This form has changed the order before. Please look at what stands here and press the button once more."
        )


class NeedsAddress(Refused):
    """Goods cannot be sent without an address."""

    @property
    def message(self) -> str:
        return _("Please tell us where to send the goods.")


class PriceChanged(Refused):
    """The buyer was shown another total. ``satang`` is what it costs now."""

    def __init__(self, satang: int) -> None:
        super().__init__(satang)
        self.satang = satang

    @property
    def message(self) -> str:
        return _("The price has changed to %(total)s. Please look at your order once more.") % {
            "total": baht(self.satang)
        }
