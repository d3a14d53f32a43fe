"""The course: apply, get a seat, attend, learn, pass, be certified."""

import re
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import yaml

import tourdee.learn
from tourdee.core.dates import BANGKOK

CURRICULUM = Path(tourdee.learn.__file__).parent / "curriculum"
NAME = "นางสาวมะปราง ใจสู้"
CITIZEN_ID = "1101700207030"


def apply(learner, address: str) -> str:
    """Sign in by a code as somebody new, then apply for the open cohort. Returns its address."""
    learner.go("/")
    learner.follow("สมัครเรียน")
    cohort = learner.page.url.removeprefix(learner.site)
    learner.follow("สมัครเรียน")
    learner.fill(address=address)
    learner.send()
    code = re.search(r"\b\d{6}\b", learner.page.locator("main").inner_text())
    learner.fill(code=code.group(0))
    learner.send()
    learner.fill(name="มะปราง ใจสู้", agree=True)
    learner.send()
    if "/apply/" not in learner.page.url:
        learner.go(f"{cohort}apply/")
    learner.fill(name=NAME, citizen_id=CITIZEN_ID, phone="081 999 0001", audience_group="tour_guide", province="75",
                 works_as="มัคคุเทศก์อิสระ", wants_to_sell="เวิร์กช็อปทำขนม", income_before="9,000", consent=True)  # fmt: skip
    learner.send()
    assert "/applications/" in learner.page.url
    return cohort


def give_seat(officer, cohort: str, name: str) -> None:
    """The officer reads the application and gives a seat, with a reason."""
    officer.go(f"/office{cohort}applications/")
    officer.follow(name)
    seat = officer.page.locator("form:has([name=decision][value=seat])")
    seat.locator("[name=usual][value='0']").check()
    seat.locator("button.btn-primary").click()
    officer.page.wait_for_load_state()
    officer.look()


def see_seat(learner) -> None:
    learner.go("/my/applications/")
    assert learner.says("ได้ที่นั่ง")
    learner.page.locator("main a.row-link").first.click()
    learner.page.wait_for_load_state()
    learner.look()
    assert learner.says("เกณฑ์ผ่านอบรม")


def attend(learner, officer, cohort: str) -> None:
    """The first half-day by the QR on the wall, the second by the spoken code, the others by the officer's tick."""
    sessions = _sessions(officer, cohort)
    _hold_now(officer, sessions[0], begins=-0.2, ends=1)
    learner.page.goto(_scan(officer, sessions[0]))
    learner.press("ฉันมาแล้ว")
    _hold_now(officer, sessions[1], begins=0.1, ends=2)
    learner.go("/in/")
    learner.fill(code=_spoken_code(officer, sessions[1]))
    learner.send()
    for session in sessions[2:]:
        officer.go(f"/office/sessions/{session}/attendance/")
        officer.press("มาครบทุกคน")
    officer.go(f"/office{cohort}attendance/")


def _sessions(officer, cohort: str) -> list[str]:
    officer.go(f"/office{cohort}timetable/")
    links = officer.page.locator("main a[href^='/office/sessions/']").evaluate_all(
        "links => links.map(a => a.getAttribute('href'))"
    )
    return [
        re.fullmatch(r"/office/sessions/(\w+)/", link).group(1)
        for link in links
        if re.fullmatch(r"/office/sessions/(\w+)/", link)
    ]


def _hold_now(officer, session: str, *, begins: float, ends: float) -> None:
    """The half-day was moved to this hour."""
    start, end = (datetime.now(tz=BANGKOK) + timedelta(hours=hours) for hours in (begins, ends))
    if end.date() != start.date():  # the journey runs around midnight
        end = start.replace(hour=23, minute=59)
    officer.go(f"/office/sessions/{session}/")
    officer.fill(day=f"{start:%Y-%m-%d}", starts=f"{start:%H:%M}", ends=f"{end:%H:%M}")
    officer.send()


def _scan(officer, session: str) -> str:
    """What a phone's camera reads off the wall."""
    import zxingcpp
    from PIL import Image

    officer.go(f"/office/sessions/{session}/wall/")
    picture = Image.open(BytesIO(officer.page.locator(".qr").screenshot()))
    return zxingcpp.read_barcodes(picture)[0].text


def _spoken_code(officer, session: str) -> str:
    officer.go(f"/office/sessions/{session}/wall/")
    return officer.page.locator(".spoken").inner_text().replace(" ", "").replace("\n", "")


def learn(learner) -> None:
    """The pre-test, a lesson with its check, and the post-test; marked by the server."""
    _test(learner, "/learn/test/pre/")
    learner.go("/learn/")
    learner.go("/learn/platforms/1/")
    learner.page.locator("form[action$='/read/'] button").first.click()
    learner.look()
    learner.go("/learn/platforms/check/")
    _answer(learner, right=True)
    _test(learner, "/learn/test/post/", right=True)


def _test(learner, path: str, *, right: bool = False) -> None:
    learner.go(path)
    _answer(learner, right=right)


def _answer(learner, *, right: bool) -> None:
    """Choose an answer to every question: the right one, known from the course's files, or simply the first."""
    for question in learner.page.locator("main fieldset").all():
        wanted = _right_answer(question.locator("legend").inner_text()) if right else None
        choice = question.locator("label").filter(has_text=wanted).first if wanted else question.locator("label").first
        choice.locator("input").check()
    learner.page.locator("main form button.btn-primary").last.click()
    learner.page.wait_for_load_state()
    learner.look()


@cache
def _answers() -> dict[str, str]:
    """Question → right choice, in Thai."""
    found = {}
    for file in CURRICULUM.rglob("*.yaml"):
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        forms = data.get("forms", {}) if isinstance(data, dict) else {}
        for question in [*(data.get("questions") or []), *(forms.get("A") or []), *(forms.get("B") or [])]:
            found[_plain(question["text"]["th"])] = next(one["th"] for one in question["choices"] if one["correct"])
    return found


def _right_answer(text: str) -> str:
    plain = _plain(text)
    return next(right for question, right in _answers().items() if question in plain)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def pass_and_certify(officer, cohort: str) -> None:
    """Decide by the rule, then issue the certificates."""
    officer.go(f"/office{cohort}decisions/")
    officer.press(re.compile("ตัดสิน"), nth=0)
    officer.go(f"/office{cohort}certificates/")
    officer.press(re.compile("ออกวุฒิบัตร"), nth=0)


def fetch_certificate(learner) -> str:
    """Download the PDF; returns the address that its QR names."""
    learner.go("/my/certificates/")
    with learner.page.expect_download() as download:
        learner.page.locator("main a[href$='.pdf'], main a[href$='/pdf/']").first.click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    return learner.page.locator("main a[href*='/verify/']").first.get_attribute("href").removeprefix(learner.site)


def verify(visitor, certificate: str) -> None:
    """Anybody, in English, on a desk."""
    visitor.go(certificate)
    assert visitor.says(NAME)
