"""What the shop does by the clock. The worker runs it; nothing waits for it (holds also end when somebody asks)."""

from datetime import datetime

from tourdee.core.periodic import every

from .actions.holds import expire_stale_orders
from .actions.money import apply_pending_payments
from .actions.publishing import hide_unlawful_tours


@every(seconds=30)
def apply_payments_left_over(at: datetime) -> int:
    """Money whose process died before its order knew of it. Before the holds, so that none runs out meanwhile."""
    return apply_pending_payments(at)


@every(seconds=30)
def end_stale_holds(at: datetime) -> int:
    """Unpaid orders whose time has run out."""
    return expire_stale_orders(at)


@every(seconds=300)
def hide_tours_without_licence(at: datetime) -> int:
    """Tours whose licence or partner agreement has ended. They cannot be ordered from that moment on; this takes them
    from the market too."""
    return hide_unlawful_tours(at=at)
