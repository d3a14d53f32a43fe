"""What a way leaves in the database, apart from what is drawn by lot (ids, codes) or told by the clock."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import F, Model
from django.db.models.lookups import IsNull
from django_tasks_db.models import DBTaskResult

from tourdee.channels.octo.models import Booking, Key
from tourdee.core.models import AuditLine
from tourdee.people.models import Consent
from tourdee.shop.models import (
    Departure,
    GatewayCharge,
    GatewayRefund,
    Order,
    OrderChange,
    OrderLine,
    OrderNote,
    Parcel,
    PaymentEvent,
    Posting,
    Receipt,
    Refund,
    Slip,
    SlipAnswer,
    StockMovement,
    Variant,
)

Left = dict[str, Counter[Any]]
ORDER = (
    "status channel pay_by goods_satang total_satang due_now_satang paid_satang refunded_satang refund_due_satang "
    "kept_satang buyer_name buyer_phone address rest_told"
)
COLUMNS: dict[type[Model], str] = {
    Order: ORDER,
    OrderLine: "departure_id variant_id quantity seats unit_price_satang",
    Departure: "id taken",
    Variant: "id stock reserved",
    StockMovement: "variant_id kind change after",
    Parcel: "collect_satang collected came_back",
    Slip: "status",
    SlipAnswer: "verdict satang",
    GatewayCharge: "status satang",
    GatewayRefund: "status satang",
    PaymentEvent: "provider satang applied",
    Refund: "satang way",
    Posting: "debit credit satang",
    Receipt: "kind number satang",
    Booking: "retail_satang cancel_reason",
    Key: "used",
    OrderChange: "idempotency_key",
    OrderNote: "kind",
    AuditLine: "act",
    Consent: "purpose",
}
WHETHER = {
    Key: {"used": IsNull(F("last_used_at"), False)},
    Parcel: {"collected": IsNull(F("collected_at"), False), "came_back": IsNull(F("came_back_at"), False)},
    PaymentEvent: {"applied": IsNull(F("applied_at"), False)},
}


def left() -> Left:
    """Each row as often as it stands there, and what the outbox holds: events by listener, letters by receiver."""
    private = Path(settings.PRIVATE_ROOT)
    found: Left = {
        model.__name__: Counter(_rows(model).values_list(*columns.split())) for model, columns in COLUMNS.items()
    }
    found["pictures"] = Counter((private / slip.picture).is_file() for slip in Slip.objects.all())
    found["outbox"] = Counter(what(task) for task in DBTaskResult.objects.all())
    return found


def _rows(model: type[Model]) -> Any:
    return model._default_manager.order_by().annotate(**WHETHER.get(model, {}))


def what(task: DBTaskResult) -> tuple[str, ...]:
    """A listener and its event; or a letter or message and its receiver."""
    first, second = task.args_kwargs["args"][:2]
    return (first, second) if task.task_path.endswith(".deliver") else (task.task_path, first)


def told() -> Counter[str]:
    """How often each event was told of."""
    events = {
        (task.args_kwargs["args"][1], task.args_kwargs["args"][2]["event_id"])
        for task in DBTaskResult.objects.filter(task_path__endswith=".deliver")
    }
    return Counter(name for name, _id in events)
