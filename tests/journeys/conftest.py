"""A whole TourDee for the journeys: ``tourdee run --demo`` on a free port with data of its own, and a real browser.

Where no Chromium is to be had the journeys are reported as skipped, with the reason.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
START_SECONDS = 150
# What tells one face of a page from another: which kinds of notices, errors and buttons it shows.
FACE = """() => [...new Set([...document.querySelectorAll("main h1, main .notice, main .face, main .empty, main .errorlist, main button")]
    .map(part => part.tagName + "." + part.className))].sort().join(" ")"""


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[str]:
    """The address of a freshly started demo."""
    if running := os.environ.get("TOURDEE_JOURNEY_SITE"):  # while a journey is being written
        yield running
        return
    if BROWSER is None:
        pytest.skip(
            "no Chromium on this machine and it could not be installed: make test installs it as root on Debian"
        )
    folder = tmp_path_factory.mktemp("journey")
    port = _free_port()
    environment = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "TOURDEE_SECRET_KEY"}}
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[2] / "src")
    environment["DJANGO_SETTINGS_MODULE"] = "tourdee.config.settings"
    log = (folder / "log.txt").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "tourdee.config.cli", "run", "--demo", "--port", str(port), "--data", str(folder / "data")],
        env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    try:
        _wait_until_healthy(f"http://127.0.0.1:{port}/healthz", process, folder / "log.txt")
        yield f"http://localhost:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        log.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    pytest.fail(f"the demo did not come up:\n{log.read_text(encoding='utf-8', errors='replace')[-4000:]}")


@pytest.fixture(scope="package")  # its event loop must not outlive the journeys: Django asks no database beside one
def browser(site):
    """One Chromium for all journeys."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield chromium
        chromium.close()


class Person:
    """Somebody in front of a browser. Every page that is visited is checked by axe and for sideways scrolling."""

    def __init__(self, browser, site: str, *, width: int, height: int, language: str) -> None:
        self.site = site
        self.prefix = "" if language == "th" else f"/{language}"
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, locale=f"{language}-{'TH' if language == 'th' else 'GB'}",
            timezone_id="Asia/Bangkok", reduced_motion="reduce", has_touch=width < 700, accept_downloads=True,
        )  # fmt: skip
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("dialog", lambda dialog: dialog.accept())
        self.troubles: list[str] = []
        self.page.on("pageerror", lambda error: self.troubles.append(f"{self.page.url}: {error}"))
        self.page.on("response", self._note_error)
        self.checked: set[str] = set()

    def _note_error(self, response) -> None:
        if response.status >= 500:
            self.troubles.append(f"{response.status} {response.url}")

    def go(self, path: str) -> None:
        self.page.goto(f"{self.site}{path if path.startswith(self.prefix) else self.prefix + path}")
        self.look()

    def press(self, name: str | re.Pattern[str], *, role: str = "button", exact: bool = False, nth: int = 0) -> None:
        self.page.get_by_role(role, name=name, exact=exact).nth(nth).click()
        self.page.wait_for_load_state()
        self.look()

    def follow(self, name: str | re.Pattern[str], *, exact: bool = False, nth: int = 0) -> None:
        self.press(name, role="link", exact=exact, nth=nth)

    def fill(self, **fields: str | bool | list[str]) -> None:
        """Fill form fields by their names: text typed, options chosen, boxes ticked, files given."""
        for name, value in fields.items():
            self._fill(self.page.locator(f'main [name="{name}"]'), value)

    def fill_in(self, place: str, **fields: str) -> None:
        """The same for one part of a page that holds several forms."""
        for name, value in fields.items():
            self._fill(self.page.locator(f'{place} [name="{name}"]'), value)

    def _fill(self, field, value: str | bool | list[str]) -> None:
        field.first.evaluate("field => { const folded = field.closest('details'); if (folded) folded.open = true; }")
        kind = field.first.evaluate("field => field.tagName === 'INPUT' ? field.type : field.tagName.toLowerCase()")
        if kind == "radio":
            field.and_(self.page.locator(f'[value="{value}"]')).check()
        elif kind == "checkbox":
            field.first.set_checked(bool(value))
        elif kind == "select":
            field.first.select_option(str(value))
        elif kind == "file":
            field.first.set_input_files(value)
        else:
            field.first.fill(str(value))
        self.form = field.first.locator("xpath=ancestor::form")

    def send(self) -> None:
        """Press the primary button of the form that was filled last."""
        self.form.locator("button.btn-primary").last.click()
        self.page.wait_for_load_state()
        self.look()

    def send_empty(self) -> None:
        """Press the page's primary button without typing anything."""
        self.page.locator("main form button.btn-primary").last.click()
        self.page.wait_for_load_state()
        self.look()

    def look(self) -> None:
        """axe finds nothing on this page, and it does not scroll sideways. Once for each face of each address pattern: an
        order's page that waits for money is another page than its ticket."""
        pattern = re.sub(r"[0-9a-zA-Z_-]{16,}|\d+", "…", self.page.url.removeprefix(self.site).split("?")[0])
        face = f"{pattern} {self.page.evaluate(FACE)}"
        if face in self.checked:
            return
        self.checked.add(face)
        self.page.evaluate(AXE)
        found = self.page.evaluate(
            "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
            ".map(v => ({id: v.id, help: v.help, nodes: v.nodes.slice(0, 3).map(n => n.html.slice(0, 160))}))"
        )
        if found:
            self.troubles.append(f"{pattern}: {json.dumps(found, ensure_ascii=False)}")
        if self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
            self.troubles.append(f"{pattern}: scrolls sideways")

    def sign_in_as(self, name: str) -> None:
        """By the demo's button on the sign-in page."""
        self.go("/account/login/")
        self.press(re.compile(name))

    def says(self, text: str) -> bool:
        return text in self.page.locator("body").inner_text()


@pytest.fixture
def person(browser, site):
    """``person(width=360, language="th")``: a new browser window. At the end nobody may have met any trouble."""
    people: list[Person] = []

    def arrive(*, width: int = 360, height: int = 740, language: str = "th") -> Person:
        people.append(Person(browser, site, width=width, height=height, language=language))
        return people[-1]

    yield arrive
    troubles = [trouble for each in people for trouble in each.troubles]
    for each in people:
        each.context.close()
    assert troubles == []


def pytest_collection_modifyitems(items) -> None:
    for item in items:
        if "journeys" in str(item.path):
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.enable_socket)
