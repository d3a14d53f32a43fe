"""``make bench``: both databases, one table, ``bench/last.json``. ``python -m bench SQLite`` measures that one anew."""

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.processes import end_when_told, run_to_its_end

ROOT = Path(__file__).resolve().parent.parent
HAS_NO_POSTGRESQL = 77
ROWS = (
    ("yardstick: a fixed piece of Python, CPU ms", lambda f: f["yardstick_ms"], ""),
    ("tour page, first view: CPU ms", lambda f: f["tour_first"]["cpu_ms"], "≤ 3"),
    ("tour page, first view: requests/s", lambda f: f["tour_first"]["per_second"], ""),
    ("tour page, first view: queries", lambda f: f["tour_queries_first"], "≤ 6"),
    ("tour page, repeated view: CPU ms", lambda f: f["tour_repeated"]["cpu_ms"], "≤ 0.3"),
    ("tour page, repeated view: requests/s", lambda f: f["tour_repeated"]["per_second"], ""),
    ("tour page, repeated view: queries", lambda f: f["tour_queries_repeated"], ""),
    ("tour page: bytes of HTML (gzip)", lambda f: f"{f['tour_html_bytes']} ({f['tour_html_gzip']})", ""),
    ("CSS + JS, gzip bytes", lambda f: f["css_gzip"] + f["js_gzip"], "≤ 40,000"),
    ("market page, 10,000 tours: CPU ms", lambda f: f["market"]["cpu_ms"], ""),
    ("search, 100,000 items: p95 ms", lambda f: f["search_p95_ms"], "≤ 15"),
    ("checkout: CPU ms an order", lambda f: f["checkout"]["cpu_ms"], "≤ 20"),
    ("checkout: orders a minute", lambda f: f["checkout"]["orders_per_minute"], "≥ 2,000"),
    ("checkout: queries an order", lambda f: f["checkout"]["queries"], "≤ 45"),
    (
        "checkout: bytes of HTML (as sent)",
        lambda f: f"{f['checkout']['html_bytes']} ({f['checkout']['sent_bytes']})",
        "",
    ),
    ("checkout: HTTP requests an order", lambda f: f["checkout"]["requests"], ""),
    ("OCTO, 365 days × 20 departures: CPU ms", lambda f: f["octo_year"]["cpu_ms"], ""),
    ("OCTO, one departure: bookings/s", lambda f: f["octo_book"]["per_second"], "≥ 300"),
    ("OCTO, reserve and confirm: CPU ms", lambda f: f["octo_book"]["cpu_ms"], ""),
    ("slips photographed: read of all", lambda f: f"{f['slips']['read']} of {f['slips']['count']}", "≥ 200 tried"),
    ("slips photographed: misread", lambda f: len(f["slips"]["misread"]), "0"),
    ("LINE, 10,000 events: accepted a minute", lambda f: f["line_events_per_minute"], "≥ 10,000"),
    ("LINE, 10,000 events: lost", lambda f: f["line_lost"], "0"),
    ("LINE, an event: CPU ms", lambda f: f["line_cpu_ms"], ""),
    ("LINE, an event: p99 ms", lambda f: f["line_p99_ms"], "≤ 100"),
)


THROUGH: dict[str, list[str]] = {
    "SQLite": [],
    "PostgreSQL": [str(ROOT / "scripts" / "with_postgresql.py"), sys.executable],
}
LAST = ROOT / "bench" / "last.json"


def main(wanted: list[str]) -> None:
    end_when_told()
    figures: dict[str, dict[str, Any] | None] = json.loads(LAST.read_text(encoding="utf-8")) if wanted else {}
    for name in wanted or THROUGH:
        figures[name] = measure(THROUGH[name])
    print_table(figures)
    LAST.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def measure(through: list[str]) -> dict[str, Any] | None:
    """The figures of one database; None where there is no PostgreSQL to be had."""
    with tempfile.TemporaryDirectory(prefix="tourdee-bench-") as data:
        environment = {
            **os.environ, "TOURDEE_DATA": data, "TOURDEE_SITE_URL": "http://localhost", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "DJANGO_SETTINGS_MODULE": "tourdee.config.settings",
        }  # fmt: skip
        environment.pop("DATABASE_URL", None)
        done = run_to_its_end([sys.executable, *through, "-m", "bench.one"], environment, ROOT)
    if done.returncode == HAS_NO_POSTGRESQL:
        return None
    done.check_returncode()
    return dict(json.loads(done.stdout.splitlines()[-1]))


def print_table(figures: dict[str, dict[str, Any] | None]) -> None:
    print(f"{'':42}{'SQLite':>18}{'PostgreSQL':>18}   to reach")
    for name, value, goal in ROWS:
        cells = [str(value(one)) if one else "not run" for one in figures.values()]
        print(f"{name:42}" + "".join(f"{cell:>18}" for cell in cells) + f"   {goal}")


if __name__ == "__main__":
    main(sys.argv[1:])
