"""What stands at LINE itself, put there by the worker: the menu, coupons."""

import logging
from datetime import datetime

from django.utils.translation import gettext_noop

from tourdee.core.calling import Unavailable

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


def put_up_menus(at: datetime) -> int:
    """Menus that were asked for. Returns how many were tried."""
    waiting = list(RichMenu.objects.filter(state=RichMenu.State.SENDING).select_related("shop__owner")[:10])
    for menu in waiting:
        try:
            _put_up(menu, at)
        except NotConnected:
            menus.note_refused(menu=menu, why=NOT_CONNECTED)
        except Refused as no:
            menus.note_refused(menu=menu, why=no.said or no.kind)
        except Unavailable as trouble:
            logger.warning("LINE took no menu: %s", trouble)  # asked again the next time
    return len(waiting)


def _put_up(menu: RichMenu, at: datetime) -> None:
    """A new one takes the place of the old, which goes only when the new one is seen."""
    line, before = line_of_shop(menu.shop), menu.outside_id
    made = line.make_menu(as_line_wants(menu))
    line.put_menu_picture(made, picture_of(menu))
    line.show_menu(made)
    menus.note_live(menu=menu, outside_id=made, digest=digest_of(menu), at=at)
    if before:
        _forget(line, before)


def _forget(line: Line, menu: str) -> None:
    try:
        line.delete_menu(menu)
    except (Refused, Unavailable):
        logger.warning("An old menu stays at LINE")  # it is seen by nobody


def make_coupons(at: datetime) -> int:
    """Coupons that were asked for. Returns how many were tried."""
    waiting = list(coupons_to_make(at)[:10])
    for coupon in waiting:
        try:
            with in_thai():
                made = line_of_shop(coupon.voucher.shop).make_coupon(coupon_for_line(coupon.voucher))
        except NotConnected:
            coupons.note_refused(coupon=coupon, why=NOT_CONNECTED)
        except Refused as no:
            coupons.note_refused(coupon=coupon, why=no.said or no.kind)
        except Unavailable as trouble:
            logger.warning("LINE made no coupon: %s", trouble)
        else:
            coupons.note_made(coupon=coupon, outside_id=made)
    return len(waiting)


def close_coupons(at: datetime) -> int:
    """Coupons that are shown no more. Returns how many were closed."""
    over = Coupon.objects.filter(closed_at__isnull=False).exclude(outside_id="").select_related("voucher__shop")[:10]
    for coupon in over:
        try:
            line_of_shop(coupon.voucher.shop).close_coupon(coupon.outside_id)
        except (Refused, NotConnected):
            pass  # it is gone there, or we are
        except Unavailable:
            continue
        coupons.note_made(coupon=coupon, outside_id="")
    return len(over)
