"""What seller and guest do with an order that is agreed in a chat."""

from datetime import timedelta

from tourdee.shop.actions.chat_orders import Agreed, change_chat_order, complete_details, make_chat_order
from tourdee.shop.actions.holds import expire_stale_orders
from tourdee.shop.actions.on_the_day import take_rest
from tourdee.shop.queries.chat_orders import things_of
from tourdee.shop.tests import factories as f

from .scenes import BY_CASH_TO_THE_DOOR, WALK_IN, OnDelivery, Scene

DAY = timedelta(hours=24)
LINK, ON_THE_DAY = Agreed(), Agreed(on_the_day=True)


class Chat(Scene):
    """The seller knows a name, the guest says the rest by the short link. Each form that the seller sends has its key."""

    def make(self) -> None:
        make_chat_order(
            shop=self.shop,
            by=self.owner,
            buyer=WALK_IN,
            items=self.two,
            hold=DAY,
            idempotency_key="one-form",
            at=self.at,
        )

    def say_who(self) -> None:
        complete_details(order=self.order, buyer=self.buyer, shown_satang=240000, at=self.at)

    # -------------------------------------------------------------- it is changed
    def change_to_three(self) -> None:
        self._changed("second-form", 3)

    def change_to_the_day(self) -> None:
        self._changed("second-form", 2, ON_THE_DAY)

    def give_time(self) -> None:
        """What it is already, for longer."""
        self._changed("third-form", 3)

    def _changed(self, key: str, people: int, agreed: Agreed = LINK) -> None:
        change_chat_order(
            order=self.order, by=self.owner, buyer=WALK_IN, items=[f.seats(self.departure, people)], hold=DAY,
            idempotency_key=key, at=self.at, agreed=agreed,
        )  # fmt: skip

    # -------------------------------------------------------------- and then
    def run_out(self) -> None:
        """Nobody pays for two days."""
        self.at = max(self.at, self.order.placed_at + 2 * DAY)
        expire_stale_orders(self.at)

    def pay_for_three(self) -> None:
        self.paid(360000, "first")

    def take_rest(self) -> None:
        take_rest(order=self.order, by=self.owner, how="cash", shown_satang=240000, at=self.at)


class ChatOnDelivery(OnDelivery):
    """Two cloths, agreed on before anybody knows where they go."""

    def agree(self) -> None:
        make_chat_order(
            shop=self.shop, by=self.owner, buyer=WALK_IN, items=[self.cloths], hold=DAY, idempotency_key="one-form",
            at=self.at, agreed=Agreed(on_delivery=True),
        )  # fmt: skip

    def confirm(self) -> None:
        order = self.order
        complete_details(
            order=order, buyer=self.buyer, delivery=BY_CASH_TO_THE_DOOR, shown_satang=77000, at=self.at,
            shown_things=things_of(order.lines.all()),
        )  # fmt: skip
