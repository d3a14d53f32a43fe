"""What LINE needs by the clock. The worker runs it."""

from datetime import datetime

from tourdee.core.periodic import every

from .actions.at_line import close_coupons, make_coupons, put_up_menus
from .actions.connecting import check_due
from .actions.figures import ask_for_counts, ask_for_friends, ask_how_it_went
from .actions.housekeeping import forget_old
from .actions.narrowcasts import clear_groups
from .actions.sending import send_due
from .actions.sending_news import begin_due, send_parts_due
from .actions.word_of_orders import ask_for_reviews_due, remind_due
from .actions.working import work_on_due


@every(seconds=1)
def answer_chats(at: datetime) -> int:
    """What customers wrote is worked on, and answers go out while they are free."""
    return work_on_due(at) + send_due(at)


@every(seconds=2)
def check_connections(at: datetime) -> int:
    """Keys that somebody waits to see tried; menus and coupons on their way."""
    return check_due(at) + put_up_menus(at) + make_coupons(at) + close_coupons(at)


@every(seconds=3)
def send_news(at: datetime) -> int:
    """News whose moment has come."""
    return begin_due(at) + send_parts_due(at)


@every(seconds=300)
def remind_and_ask(at: datetime) -> int:
    """The day before a tour, and after it."""
    return remind_due(at) + ask_for_reviews_due(at)


@every(seconds=60)
def ask_for_paid_messages(at: datetime) -> int:
    """LINE's own count of each shop's month, every half hour."""
    return ask_for_counts(at)


@every(seconds=60)
def ask_who_reads(at: datetime) -> int:
    """LINE's count of friends, once a day, and of who saw news."""
    return ask_for_friends(at) + ask_how_it_went(at)


@every(seconds=3600)
def forget(at: datetime) -> int:
    """What LINE told us and what went out is not kept for ever."""
    return forget_old(at) + clear_groups(at)
