"""Saved calculations of topic 3, so that the pages of prices have something to suggest."""

from datetime import datetime

from tourdee.learn.actions import save_cost_sheet
from tourdee.learn.models import CostSheet

from .cast import person

CALCULATIONS = (
    ("somying", "tour", "ล่องเรือครึ่งวัน", {"ค่าเรือและน้ำมัน": 1200, "ค่าแรงคนขับ": 500, "ค่าแรงของฉัน": 1000}, {"น้ำดื่มและผลไม้": 60, "ประกัน": 40}, 6, 900),
    ("nakha", "product", "ผ้าคลุมไหล่ย้อมคราม", {"คราม ปูนขาว ฟืน": 600}, {"เส้นฝ้าย": 180, "ค่าทอ": 300}, 10, 690),
)  # fmt: skip


def load_costs(at: datetime) -> None:
    """One calculation each of the guide and the weavers; of costs in baht."""
    if CostSheet.objects.exists():
        return
    for owner, kind, name, fixed, each, units, price in CALCULATIONS:
        values = {
            "name": name, "kind": kind, "units": units, "price_satang": price * 100, "fixed_costs": _rows(fixed),
            "unit_costs": _rows(each), "wanted_percent": 25,
        }  # fmt: skip
        save_cost_sheet(user=person(owner), sheet=None, values=values, at=at)


def _rows(costs: dict[str, int]) -> list[dict[str, object]]:
    return [{"name": name, "satang": baht * 100} for name, baht in costs.items()]
