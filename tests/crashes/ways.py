"""The ways on which money, seats and goods change hands, and how each ends."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tourdee.shop.models import Order

from . import chats as c
from . import resellers as r
from . import scenes as s

Act = Callable[[Any], None]


@dataclass(frozen=True)
class Way:
    """``ends``: (status, paid, paid back, still owed) in satang; ``tells``: the events. ``services``: whether those of
    money are played or real."""

    name: str
    scene: Callable[..., s.Scene]
    acts: tuple[Act, ...]
    ends: tuple[str, int, int, int]
    tells: str
    services: str = "console"

    def __str__(self) -> str:
        return self.name


def end() -> tuple[str, int, int, int]:
    order = Order.objects.get()
    return order.status, order.paid_satang, order.refunded_satang, order.refund_due_satang


PLACE, PAY, WORK = s.Scene.place, s.Scene.pay, s.Scene.work_on
BOOKED = "OrderPlaced OrderConfirmed OrderPaid"
WAYS = (
    Way("slip", s.Slip, (PLACE, s.Slip.send_slip, s.Slip.accept_slip), ("confirmed", 240000, 0, 0), f"{BOOKED} SlipUploaded"),
    Way(
        "checked slip", s.CheckedSlip, (PLACE, s.Slip.send_slip, WORK), ("confirmed", 240000, 0, 0),
        f"{BOOKED} SlipUploaded", services="live",
    ),
    Way(
        "gateway",
        s.Gateway,
        (PLACE, s.Gateway.ask_to_pay, WORK, s.Gateway.pay_there, WORK, s.Gateway.refund, WORK),
        ("confirmed", 240000, 1000, 0),
        f"{BOOKED} RefundRecorded",
    ),
    Way(
        "deposit and rest",
        s.Deposit,
        (PLACE, s.Deposit.pay_deposit, s.Deposit.remind, s.Deposit.pay_rest),
        ("confirmed", 240000, 0, 0),
        f"{BOOKED} RestDue RestPaid",
    ),
    Way(
        "deposit without rest",
        s.Deposit,
        (PLACE, s.Deposit.pay_deposit, s.Deposit.drop),
        ("cancelled", 72000, 0, 72000),
        "OrderPlaced OrderConfirmed RestDue OrderCancelled",
    ),
    Way("counter, cash", s.Counter, (s.Counter.sell, s.Counter.hand_over), ("confirmed", 275000, 0, 0), f"{BOOKED} OrderShipped"),
    Way(
        "counter, on the day", s.Counter, (s.Counter.sell_for_the_day, s.Counter.take_rest), ("confirmed", 240000, 0, 0),
        "OrderPlaced OrderBooked RestPaid OrderPaid",
    ),
    Way(
        "on delivery, collected", s.OnDelivery, (s.OnDelivery.place_cloths, s.OnDelivery.ship, s.OnDelivery.collected),
        ("confirmed", 77000, 0, 0), "OrderPlaced OrderShipped RestPaid OrderPaid",
    ),
    Way(
        "on delivery, came back", s.OnDelivery, (s.OnDelivery.place_cloths, s.OnDelivery.ship, s.OnDelivery.came_back),
        ("cancelled", 0, 0, 0), "OrderPlaced OrderShipped OrderCancelled",
    ),
    Way(
        "refund", s.Refunded, (PLACE, PAY, s.Scene.cancel, s.Scene.pay_back), ("cancelled", 240000, 240000, 0),
        f"{BOOKED} OrderCancelled RefundRecorded",
    ),
    Way(
        "dearer date", s.Dearer, (PLACE, PAY, s.Dearer.move, s.Dearer.pay_difference), ("confirmed", 300000, 0, 0),
        f"{BOOKED} OrderRescheduled RestPaid OrderPaid",
    ),
    Way(
        "fewer people", s.Smaller, (PLACE, PAY, s.Smaller.give_up_one, s.Scene.pay_back), ("confirmed", 240000, 120000, 0),
        f"{BOOKED} OrderPartCancelled RefundRecorded",
    ),
    Way(
        "reseller cancels", r.Octo, (r.Octo.reserve, r.Octo.confirm, r.Octo.cancel), ("cancelled", 0, 0, 0),
        "OrderResold OrderCancelled",
    ),
    Way(
        "reseller settles", r.Octo, (r.Octo.reserve, r.Octo.confirm, r.Octo.settle), ("confirmed", 192000, 0, 0),
        "OrderResold RestPaid OrderPaid",
    ),
    Way(
        "reseller's program cancels",
        r.Program,
        (r.Program.reserve, r.Program.extend, r.Program.confirm, r.Program.cancel),
        ("cancelled", 0, 0, 0),
        "OrderResold OrderCancelled",
    ),
    Way(
        "reseller's program changes",
        r.Program,
        (r.Program.reserve, r.Program.change_and_extend, r.Program.confirm, r.Program.change, r.Program.settle),
        ("confirmed", 288000, 0, 0),
        "OrderResold RestPaid OrderPaid",
    ),
    Way("reseller's program gives up", r.Program, (r.Program.reserve, r.Program.cancel), ("cancelled", 0, 0, 0), ""),
    Way("chat", c.Chat, (c.Chat.make, c.Chat.say_who, PAY), ("confirmed", 240000, 0, 0), BOOKED),
    Way(
        "chat, changed", c.Chat, (c.Chat.make, c.Chat.change_to_three, c.Chat.give_time, c.Chat.pay_for_three),
        ("confirmed", 360000, 0, 0), BOOKED,
    ),
    Way(
        "chat, held anew", c.Chat, (c.Chat.make, c.Chat.run_out, c.Chat.change_to_three, c.Chat.pay_for_three),
        ("confirmed", 360000, 0, 0), f"{BOOKED} OrderExpired",
    ),
    Way(
        "chat, changed to the day", c.Chat, (c.Chat.make, c.Chat.change_to_the_day, c.Chat.take_rest),
        ("confirmed", 240000, 0, 0), "OrderPlaced OrderBooked RestPaid OrderPaid",
    ),
    Way(
        "chat, on delivery", c.ChatOnDelivery,
        (c.ChatOnDelivery.agree, c.ChatOnDelivery.confirm, s.OnDelivery.ship, s.OnDelivery.collected),
        ("confirmed", 77000, 0, 0), "OrderPlaced OrderBooked OrderShipped RestPaid OrderPaid",
    ),
)  # fmt: skip
