"""What the shop does by the clock. The worker runs it; nothing waits for it (holds also end when somebody asks)."""

from datetime import datetime

from tourdee.core.periodic import every

from .actions.books import open_books
from .actions.calendar_reading import read_due_calendars
from .actions.cancelled_departures import finish_cancelled_departures
from .actions.charges import follow_charges_due
from .actions.deposits import drop_unpaid_rests, remind_of_rests
from .actions.gateway_refunds import follow_refunds_due
from .actions.groups import decide_due_groups, end_answer_times
from .actions.holds import expire_stale_orders
from .actions.money import apply_pending_payments
from .actions.money_services import try_services_due
from .actions.publishing import hide_unlawful_tours
from .actions.questions import erase_answers_due, remind_of_questions
from .actions.resources import let_idle_go
from .actions.schedules import fill_all_schedules
from .actions.search import follow_prices
from .actions.slip_answers import ask_about_slips_due
from .actions.stock_notes import tell_of_stock
from .actions.waiting_list import forget_old_parties, offer_everywhere


@every(seconds=30)
def apply_payments_left_over(at: datetime) -> int:
    """Money whose process died before its order knew of it. Before the holds, so that none runs out meanwhile."""
    return apply_pending_payments(at)


@every(seconds=30)
def end_stale_holds(at: datetime) -> int:
    """Unpaid orders whose time has run out."""
    return expire_stale_orders(at)


@every(seconds=60)
def offer_free_seats(at: datetime) -> int:
    """To who waits for them. Usually the act that freed them has done it; this finds what came free in other ways, and
    repeats what failed."""
    return offer_everywhere(at)


@every(seconds=3600)
def forget_who_waited(at: datetime) -> int:
    """Names and numbers of a list whose day is long over."""
    return forget_old_parties(at)


@every(seconds=300)
def hide_tours_without_licence(at: datetime) -> int:
    """Tours whose licence or partner agreement has ended. They cannot be ordered from that moment on; this takes them
    from the market too."""
    return hide_unlawful_tours(at=at)


@every(seconds=60)
def decide_small_groups(at: datetime) -> int:
    """Dates whose cut-off has passed: enough guests, or what the tour promises for too few. Then whoever had time to
    choose another date and did not, and cancellations that were broken off."""
    return decide_due_groups(at) + end_answer_times(at) + finish_cancelled_departures(at)


@every(seconds=3600)
def make_dates_ahead(at: datetime) -> int:
    """The horizon of every schedule moves on by the day."""
    return fill_all_schedules(at)


@every(seconds=3600)
def follow_prices_of_dates(at: datetime) -> int:
    """A tour whose cheapest date has passed is found by the next one's price."""
    return follow_prices(at)


@every(seconds=600)
def free_idle_resources(at: datetime) -> int:
    """Guides, vans and boats of closed dates that lost their last guest."""
    return let_idle_go(at)


@every(seconds=120)
def tell_who_waits_for_goods(at: datetime) -> int:
    """Visitors who asked to hear of a sold-out product."""
    return tell_of_stock(at)


@every(seconds=600)
def bring_books_up_to_date(at: datetime) -> int:
    """Orders older than the books, and what an act forgot to write; until then ``tourdee reconcile`` names them."""
    return open_books(at=at)


@every(seconds=1)
def follow_charges(at: datetime) -> int:
    """Buyers who wait for a gateway's code or page, and charges that may have been paid."""
    return follow_charges_due(at)


@every(seconds=1)
def ask_about_slips(at: datetime) -> int:
    """Slips that a service is to be asked about."""
    return ask_about_slips_due(at)


@every(seconds=3)
def follow_refunds(at: datetime) -> int:
    """Money on its way back through a gateway."""
    return follow_refunds_due(at)


@every(seconds=2)
def try_new_keys(at: datetime) -> int:
    """Keys of money services that somebody waits to see tried."""
    return try_services_due(at)


@every(seconds=60)
def read_outside_calendars(at: datetime) -> int:
    """Calendars whose half hour is over, or whose owner does not want to wait."""
    return read_due_calendars(at)


@every(seconds=600)
def remind_of_rests_due(at: datetime) -> int:
    """Deposits: the rest is due soon, or overdue; a day later its order is cancelled by its terms."""
    return remind_of_rests(at) + drop_unpaid_rests(at)


@every(seconds=600)
def remind_of_unanswered_questions(at: datetime) -> int:
    """The day is near and the seller does not know yet what the guests eat."""
    return remind_of_questions(at)


@every(seconds=3600)
def erase_guests_answers(at: datetime) -> int:
    """What guests ate, and their numbers of cards and passports, when its time is over."""
    return erase_answers_due(at)
