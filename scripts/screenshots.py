"""The pictures of the README: starts a fresh demo, photographs some pages, writes docs/screenshots/*.png."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from debian import browser

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "docs" / "screenshots"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
# file, who looks (part of the demo's button, or nobody), address or the link to follow from it, width, height
SHOTS = (
    ("landing", "", "/", "", 1280, 900),
    ("tour", "", "/s/bang-bua-boats/", "ล่องเรือเช้าชมสวน", 1280, 1000),
    ("today", "สมหญิง บางบัว", "/today/", "", 390, 844),
    ("inbox", "สมหญิง บางบัว", "/my/inbox/", "", 390, 844),
    ("line", "สมหญิง บางบัว", "/my/line/menu/", "", 390, 844),
    ("dashboard", "วิภา ศรีสุข", "/office/impact/?of=programme:digital-community", "", 1280, 1100),
)


def main() -> None:
    chromium = browser()
    if chromium is None:
        sys.exit("Screenshots need Chromium.")
    PLACE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tourdee-screenshots-") as data:
        port = free_port()
        command = [sys.executable, "-m", "tourdee.config.cli", "run", "--demo", "--port", str(port), "--data", data]
        demo = subprocess.Popen(command, start_new_session=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", demo)
            photograph(chromium, f"http://localhost:{port}")
        finally:
            demo.send_signal(signal.SIGTERM)
            demo.wait(30)


def photograph(chromium: str, site: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser_window = play.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, who, address, link, width, height in SHOTS:
            page = browser_window.new_context(viewport={"width": width, "height": height}, locale="th-TH").new_page()
            if who:
                page.goto(f"{site}/account/login/")
                page.get_by_role("button", name=who).first.click()
                page.wait_for_load_state()
            page.goto(site + address)
            if link:
                page.get_by_role("link", name=link).first.click()
            page.wait_for_load_state("networkidle")
            page.screenshot(path=str(PLACE / f"{name}.png"))
            print(f"docs/screenshots/{name}.png")
        browser_window.close()


def wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 240
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return
    sys.exit("The demo did not come up.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
