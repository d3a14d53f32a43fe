"""An order out of a comment."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tourdee.core.dates import clock, short_date
from tourdee.core.forms.fields import QuantityField
from tourdee.core.money import baht
from tourdee.core.templatetags.tourdee import local
from tourdee.shop.actions.orders import Item
from tourdee.shop.models import Departure, Product, Tour
from tourdee.shop.queries.baskets import PRIVATE

from ..models import Comment
from ..queries.choices import dates_of, kinds_of, prices_of
from ..queries.wants import MOST


class CommentOrderForm(forms.Form):
    """Everything is chosen already: the number that was asked for, the next date with seats, the first price. One tap is enough. ``item``:
    what stands in the post, or what the seller says it is; without it nothing can be ordered yet."""

    quantity = QuantityField(label=_("How many"), min_value=1, max_value=MOST)
    answer = forms.BooleanField(label=_("Send the pay link by Messenger now"), required=False, initial=True)

    def __init__(
        self, *args: Any, comment: Comment, item: Tour | Product | None, at: Any, language: str, may_answer: bool, **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["quantity"].initial = comment.wanted
        if not may_answer:
            del self.fields["answer"]
        if isinstance(item, Tour):
            self._ask("category", _("Price"), _prices(item))
            self._ask("departure", _("Date"), [(one.public_id, _date(one, language)) for one in dates_of(item, at)])
        elif isinstance(item, Product):
            rows = [(one.public_id, f"{local(one, 'name')} {baht(one.price_satang)}".strip()) for one in kinds_of(item)]
            self._ask("variant", _("Which kind"), rows)

    def _ask(self, name: str, label: Any, rows: list[tuple[str, str]]) -> None:
        """Asked above what was asked before. The first is chosen; where there is only one, nothing is asked."""
        first = rows[0][0] if rows else None
        widget = forms.RadioSelect if 1 < len(rows) <= 4 else forms.Select
        field = forms.ChoiceField(
            label=label, choices=rows, initial=first, widget=widget if len(rows) > 1 else forms.HiddenInput
        )
        self.fields = {name: field, **self.fields}

    @property
    def is_possible(self) -> bool:
        """Whether there is anything left to order."""
        asked = [field for field in self.fields.values() if isinstance(field, forms.ChoiceField)]
        return bool(asked) and all(field.choices for field in asked)

    def items(self) -> list[Item]:
        """As chosen."""
        typed = self.cleaned_data
        return [
            Item(
                departure=typed.get("departure", ""), category=typed.get("category", ""), variant=typed.get("variant", ""),
                quantity=typed["quantity"],
            )
        ]  # fmt: skip


def _prices(tour: Tour) -> list[tuple[str, str]]:
    """Of who joins in; a private group has the whole date, and its price follows from the number."""
    ways, join_in, alone = Tour.SoldAs, [], []
    if tour.sold_as != ways.PRIVATE:
        join_in = [(one.public_id, f"{local(one, 'name')} {baht(one.price_satang)}") for one in prices_of(tour)]
    if tour.sold_as in {ways.PRIVATE, ways.BOTH}:
        alone = [(PRIVATE, gettext("private group"))]
    return [*join_in, *alone]


def _date(departure: Departure, language: str) -> str:
    day, time = short_date(departure.starts_at, language), clock(departure.starts_at, language)
    left = getattr(departure, "seats_left", 0)  # asked for with the dates
    return gettext("%(day)s %(time)s, %(left)s left") % {"day": day, "time": time, "left": left}
