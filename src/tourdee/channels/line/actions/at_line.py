"""What stands at LINE itself, put there by the worker: the menu, coupons."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_noop

from tourdee.core.calling import Unavailable
from tourdee.core.periodic import each_in_turn

from ..client import Line, Refused
from ..models import Coupon, RichMenu
from ..queries.connections import NotConnected, line_of_shop
from ..queries.coupons import as_line_wants as coupon_for_line
from ..queries.coupons import coupons_to_make
from ..queries.rich_menu import as_line_wants, digest_of, picture_of
from ..queries.screens.orders import in_thai
from . import coupons, menus

logger = logging.getLogger(__name__)
NOT_CONNECTED = gettext_noop("LINE is not connected yet.")  # kept as written here, shown in the reader's language


FIRST_PAUSE = timedelta(seconds=10)  # the seller looks on
LONGEST_PAUSE = timedelta(hours=1)


def put_up_menus(at: datetime) -> int:
    """Menus that were asked for. Returns how many were tried."""
    waiting = RichMenu.objects.filter(_due(at), state=RichMenu.State.SENDING).select_related("shop__owner")
    return each_in_turn(waiting, lambda menu: _try(menu, _put_up, _menu_refused, at))


def make_coupons(at: datetime) -> int:
    """Coupons that were asked for. Returns how many were tried."""
    waiting = coupons_to_make(at).filter(_due(at))
    return each_in_turn(waiting, lambda coupon: _try(coupon, _make, _coupon_refused, at))


def close_coupons(at: datetime) -> int:
    """Coupons that are shown no more. Returns how many were tried."""
    over = Coupon.objects.filter(_due(at), closed_at__isnull=False).exclude(outside_id="")
    return each_in_turn(over.select_related("voucher__shop"), lambda coupon: _try(coupon, _close, _is_closed, at))


def _due(at: datetime) -> Q:
    return Q(try_at__isnull=True) | Q(try_at__lte=at)


def _try(row: Any, act: Callable[[Any, datetime], None], refused: Callable[[Any, str], None], at: datetime) -> bool:
    """Ask LINE. ``refused`` takes the row and why. Where LINE does not answer, it is asked again after growing pauses."""
    try:
        act(row, at)
    except NotConnected:
        refused(row, NOT_CONNECTED)
    except Refused as no:
        refused(row, no.said or no.kind)
    except Unavailable as trouble:
        logger.warning("LINE did not take %r: %s", row, trouble)
        _later(row, at)
    except Exception:
        logger.exception("%r could not be put up at LINE", row)
        _later(row, at)
    return True


def _later(row: Any, at: datetime) -> None:
    pause = min(FIRST_PAUSE * 2 ** min(row.tries, 12), LONGEST_PAUSE)
    type(row).objects.filter(pk=row.pk).update(try_at=at + pause, tries=row.tries + 1)


def _put_up(menu: RichMenu, at: datetime) -> None:
    """A new one takes the place of the old, which goes only when the new one is seen. One that nobody came to see goes again: LINE
    keeps a thousand."""
    line, before = line_of_shop(menu.shop), menu.outside_id
    made = line.make_menu(as_line_wants(menu))
    try:
        line.put_menu_picture(made, picture_of(menu))
        line.show_menu(made)
    except Exception:
        _forget(line, made)
        raise
    menus.note_live(menu=menu, outside_id=made, digest=digest_of(menu), at=at)
    if before:
        _forget(line, before)


def _forget(line: Line, menu: str) -> None:
    try:
        line.delete_menu(menu)
    except (Refused, Unavailable):
        logger.warning("An old menu stays at LINE")  # it is seen by nobody


def _make(coupon: Coupon, at: datetime) -> None:
    with in_thai():
        made = line_of_shop(coupon.voucher.shop).make_coupon(coupon_for_line(coupon.voucher))
    coupons.note_made(coupon=coupon, outside_id=made)


def _menu_refused(menu: RichMenu, why: str) -> None:
    menus.note_refused(menu=menu, why=why)


def _coupon_refused(coupon: Coupon, why: str) -> None:
    coupons.note_refused(coupon=coupon, why=why)


def _close(coupon: Coupon, at: datetime) -> None:
    line_of_shop(coupon.voucher.shop).close_coupon(coupon.outside_id)
    coupons.note_made(coupon=coupon, outside_id="")


def _is_closed(coupon: Coupon, _why: str) -> None:
    """It is gone there, or we are."""
    coupons.note_made(coupon=coupon, outside_id="")
