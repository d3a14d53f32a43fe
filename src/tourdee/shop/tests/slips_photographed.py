"""Slips as buyers really send them: drawn as a bank's app draws them, then photographed by arithmetic: askew, out of
focus, in the dark, with a shadow or a glare across, small and squeezed by a chat program. Nothing is left to chance:
the same names give the same picture. Also the material of ``python -m bench.slips``."""

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import segno
from fontpkg_sarabun import ROOT as FONTS
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageFont

from ..payment_methods.slip_qr import written

WIDTH, HEIGHT = 1080, 1920
COLOURS = {"004": "#0f8f4a", "014": "#4e2e7f", "006": "#00a4e4", "025": "#ffc20e"}
TABLE = (96, 84, 72)  # the brown of the table that a slip lies on
Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Photo:
    """One picture that a buyer might send, and what its code says."""

    bank: str
    place: str
    light: str
    text: str

    @property
    def name(self) -> str:
        return f"{self.bank}, {self.place}, {self.light}"

    def _slip(self) -> Image.Image:
        return slip(self.bank, self.text)

    def jpeg(self) -> bytes:
        picture, quality = LIGHTS[self.light](PLACES[self.place](self._slip()))
        sent = io.BytesIO()
        picture.save(sent, "JPEG", quality=quality)
        return sent.getvalue()


def photos() -> Iterator[Photo]:
    """All of them: four banks in every place in every light."""
    for number, (bank, place, light) in enumerate(product(COLOURS, PLACES, LIGHTS)):
        yield Photo(bank, place, light, written(bank, f"0163240{number:010d}ABC"))


@lru_cache(maxsize=4)
def slip(bank: str, text: str, *, amount: str = "2,400.00", code: bool = True) -> Image.Image:
    """The screen of a bank's app after a transfer; its mini QR takes a quarter of the width."""
    screen = Image.new("RGB", (WIDTH, HEIGHT), "#f4f6f8")
    draw = ImageDraw.Draw(screen)
    draw.rectangle((0, 0, WIDTH, 260), fill=COLOURS[bank])
    draw.text((60, 90), "โอนเงินสำเร็จ", font=_font(72), fill="white")
    draw.rounded_rectangle((40, 300, WIDTH - 40, HEIGHT - 60), 40, fill="white")
    lines = ("23 พ.ย. 69  14:32 น.", "จาก  นาย อนันต์ ด.  xxx-x-x4321-x", "ไปยัง  นาง สมหญิง จ.  พร้อมเพย์ xxx-xxx-5678",
             "เลขที่รายการ", text[-28:-10], "จำนวน", f"{amount} บาท", "ค่าธรรมเนียม  0.00 บาท")  # fmt: skip
    for place, line in enumerate(lines):
        draw.text((90, 360 + 110 * place), line, font=_font(48), fill="#222")
    if code:
        screen.paste(_code(text), (WIDTH - 90 - 290, HEIGHT - 90 - 330))
    return screen


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / "files" / "Sarabun-Regular.ttf"), size)


def _code(text: str) -> Image.Image:
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="png", scale=8, border=3)
    return Image.open(drawn).convert("RGB").resize((290, 290), Image.Resampling.LANCZOS)


# ------------------------------------------------------------------ where it lies
def _laid(screen: Image.Image, size: tuple[int, int], corners: Corners) -> Image.Image:
    """The slip with its four corners (from the upper left, clockwise) at these places of a table of that size."""
    table = _table(size)
    back = _perspective(corners, screen.size)
    seen = screen.transform(size, Image.Transform.PERSPECTIVE, back, Image.Resampling.BICUBIC)
    whole = Image.new("L", screen.size, 255)
    mask = whole.transform(size, Image.Transform.PERSPECTIVE, back, Image.Resampling.BICUBIC)
    table.paste(seen, (0, 0), mask)
    return table


@lru_cache(maxsize=8)
def _grain(size: tuple[int, int]) -> Image.Image:
    """The same sand every time."""
    width, height = size[0] // 2, size[1] // 2
    sand = Image.frombytes("L", (width, height), random.Random(7).randbytes(width * height))
    return sand.filter(ImageFilter.GaussianBlur(0.6)).resize(size)


def _table(size: tuple[int, int]) -> Image.Image:
    wood = Image.new("RGB", size, TABLE)
    return ImageChops.overlay(wood, _grain(size).convert("RGB"))


def _perspective(corners: Corners, size: tuple[int, int]) -> list[float]:
    """The eight figures by which Pillow finds for each place of the photo its place on the slip."""
    width, height = size
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(corners, ((0, 0), (width, 0), (width, height), (0, height)), strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y, u], [0, 0, 0, x, y, 1, -v * x, -v * y, v]]
    return _solved(rows)


def _solved(rows: list[list[float]]) -> list[float]:
    """Gauss-Jordan with pivots: eight equations, eight unknowns."""
    for place in range(8):
        best = max(range(place, 8), key=lambda row: abs(rows[row][place]))
        rows[place], rows[best] = rows[best], rows[place]
        rows[place] = [value / rows[place][place] for value in rows[place]]
        for other in range(8):
            if other != place:
                factor = rows[other][place]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[place], strict=True)]
    return [row[8] for row in rows]


def _small(screen: Image.Image) -> Image.Image:
    return screen.resize((540, 960), Image.Resampling.BILINEAR)


PLACES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "screenshot": lambda screen: screen,
    "through a chat program": _small,
    "tilted": lambda screen: _laid(screen, (1400, 1900), ((220, 60), (1120, 190), (1080, 1800), (90, 1650))),
    "from below": lambda screen: _laid(screen, (1500, 1700), ((420, 120), (1080, 120), (1400, 1600), (100, 1600))),
    "from the side": lambda screen: _laid(screen, (1500, 1800), ((120, 120), (1180, 380), (1180, 1480), (120, 1720))),
    "on its side": lambda screen: _laid(screen, (2000, 1300), ((1900, 110), (1880, 1190), (100, 1150), (130, 90))),
    "turned and far": lambda screen: _laid(screen, (1600, 1600), ((1240, 1330), (560, 1420), (400, 260), (1060, 180))),
}  # fmt: skip


# ------------------------------------------------------------------ in what light
def _noisy(picture: Image.Image, strength: float) -> Image.Image:
    grain = _grain(picture.size).convert("RGB")
    return Image.blend(picture, ImageChops.overlay(picture, grain), strength)


def _dark(picture: Image.Image) -> Image.Image:
    return _noisy(ImageEnhance.Brightness(picture).enhance(0.22), 0.5)


def _shadow(picture: Image.Image) -> Image.Image:
    """The hand with the telephone keeps the light from the lower half."""
    fall = Image.linear_gradient("L").transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize(picture.size)
    return ImageChops.multiply(picture, fall.point([70 + value * 185 // 255 for value in range(256)]).convert("RGB"))


def _glare(picture: Image.Image) -> Image.Image:
    """A lamp mirrors in the screen."""
    spot = ImageChops.invert(Image.radial_gradient("L")).resize(picture.size)
    return ImageChops.screen(picture, spot.point([value * 2 // 3 for value in range(256)]).convert("RGB"))


def _blurred(picture: Image.Image, radius: float) -> Image.Image:
    """Radii are those of a picture 1,080 pixels wide."""
    return picture.filter(ImageFilter.GaussianBlur(radius * min(picture.size) / WIDTH))


LIGHTS: dict[str, Callable[[Image.Image], tuple[Image.Image, int]]] = {
    "good light": lambda picture: (picture, 88),
    "squeezed": lambda picture: (picture, 40),
    "squeezed hard": lambda picture: (picture, 22),
    "a little blurred": lambda picture: (_blurred(picture, 1.6), 80),
    "blurred": lambda picture: (_blurred(picture, 2.8), 80),
    "dark": lambda picture: (_dark(picture), 80),
    "in a shadow": lambda picture: (_shadow(picture), 70),
    "with a glare": lambda picture: (_glare(picture), 70),
    "dark, blurred and squeezed": lambda picture: (_blurred(_dark(picture), 1.4), 40),
}
