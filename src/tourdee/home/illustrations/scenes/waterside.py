"""Sea and river scenes."""

from __future__ import annotations

from ..canvas import Canvas
from ..geometry import Stage, blob
from ..palette import CORAL, CREAM, INDIGO, LAGOON, MARIGOLD, SAFFRON, TEAL, darker, lighter, mix
from ..shapes import boats, houses, land, people, plants, sky, wares
from ..shapes import water as sea
from ..shapes.faces import Look
from ..shapes.people import Pose

PADDLE = Pose(left=((60, -150), (70, -120)), right=((52, -150), (20, -140)), legs="none")


def longtail_boat_karst(c: Canvas, s: Stage) -> None:
    """A long-tail boat among limestone islands."""
    sky.sky(c, s, 560)
    for x, w, h, depth in ((90, 210, 230, 0.95), (520, 150, 190, 1.0), (700, 240, 150, 0.95), (1130, 280, 260, 0.85)):
        land.karst(c, s, x + s.rng.uniform(-30, 30), 566, w, h, depth)
    sky.mist(c, 480, 110, s.light, 0.8)
    sky.birds(c, s.rng, 480, 190, s.light)
    sea.water(c, s, 562, sun_x=s.pick(860, 330, 640, 900))
    for x, w, h, y, depth in ((255, 250, 400, 590, 0.3), (985, 230, 440, 600, 0.18), (800, 110, 200, 586, 0.45)):
        c.ellipse(x, y + 26, w * 0.5, 34, mix(s.light.near, s.light.water[1], 0.4), opacity=0.35)
        land.karst(c, s, x + s.rng.uniform(-20, 20), y, w, h, depth)
    c.ellipse(600, 812, 420, 30, darker(s.light.water[1], 0.3), opacity=0.3)
    with c.at(600, 0):
        people.person(c, -150, 790, 250, people.UNCLE, Pose(right=people.FORWARD, legs="none"))
        people.person(c, 0, 782, 215, people.TRAVELLER, Pose(right=people.WAVE, legs="none", facing=0.4))
        people.person(c, 95, 782, 215, people.TRAVELLER_MAN, Pose(legs="none", facing=0.5))
    boats.longtail(c, 600, 752, 860, s.light)
    sea.ripples(c, 610, 806, 330, s.light.glint)
    sea.glints(c, s, 820, 900, 24)


def floating_market(c: Canvas, s: Stage) -> None:
    """Sampans full of fruit between wooden houses."""
    sky.sky(c, s, 420)
    plants.thicket(c, s.rng, 430, 150, s.light)
    for x, h, lean in ((60, 340, 40), (1120, 380, -60), (640, 300, 30)):
        plants.palm(c, s.rng, x, 440, h, lean, s.light)
    houses.stilt_house(c, 200, 470, 430, s.light, kalae=False)
    houses.stilt_house(c, 985, 476, 470, s.light, kalae=False)
    sea.water(c, s, 452, sun_x=600)
    c.rect(-200, 452, 2000, 60, c.vertical((0, s.light.leaf[2], 0.55), (1, s.light.leaf[2], 0)))
    _market_boat(c, s, 640, 540, 250, people.YOUNG, ("#9cc443", SAFFRON))
    _market_boat(c, s, 300, 650, 400, people.VENDOR, (SAFFRON, "#e8543f"))
    _market_boat(c, s, 900, 690, 440, people.AUNTIE, ("#d6456b", "#f7c948"))
    sea.glints(c, s, 640, 900, 40)
    _market_boat(c, s, 545, 800, 520, people.FARMER, ("#9cc443", "#f59e0b"))
    plants.foreground_leaves(c, -30, 930, 330, s.light)


def _market_boat(c: Canvas, s: Stage, x: float, y: float, w: float, look: Look,
                 loads: tuple[str, str]) -> None:  # fmt: skip
    """A vendor in a sampan between two heaps."""
    people.person(c, x - w * 0.02, y + w * 0.13, w * 0.72, look, PADDLE)
    for side, tone in zip((-1, 1), loads, strict=True):
        wares.heaped_basket(c, s.rng, x + side * w * 0.24, y - w * 0.04, w * 0.24, tone)
    for turn in (-150, -30):
        wares.leaf(c, x + (w * 0.36 if turn > -90 else -w * 0.36), y - 4, w * 0.16, s.light.leaf[1], turn)
    boats.sampan(c, x, y, w, s.light)
    c.line(
        f"M{x + w * 0.17:.1f} {y - w * 0.2:.1f}L{x - w * 0.02 + w * 0.36:.1f} {y + w * 0.18:.1f}", "#8a4d24", w * 0.02
    )
    sea.ripples(c, x, y + w * 0.1, w * 0.36, s.light.glint, 0.5)


def mangrove_kayak(c: Canvas, s: Stage) -> None:
    """Two kayaks in a tunnel of mangroves."""
    sky.sky(c, s, 430, sun=(600, 250))
    land.range_of_hills(c, s, 430, 150, 2)
    plants.thicket(c, s.rng, 470, 110, s.light)
    sea.water(c, s, 470, sun_x=600)
    for x, y, h in (
        (330, 500, 260),
        (860, 505, 280),
        (180, 560, 400),
        (1020, 570, 430),
        (30, 660, 620),
        (1180, 670, 640),
    ):
        c.ellipse(x, y + 22, h * 0.36, h * 0.07, s.light.leaf[2], opacity=0.4)
        plants.mangrove(c, s.rng, x, y, h, s.light)
    _canopy_arch(c, s)
    sky.shafts(c, 560, -20, s.light, 0.3)
    _kayaker(c, s, 775, 590, 240, people.TRAVELLER, SAFFRON)
    _kayaker(c, s, 480, 735, 430, people.GUIDE_MAN, CORAL)
    sea.glints(c, s, 780, 900, 24)
    plants.foreground_leaves(c, 1240, 940, 330, s.light, flip=True)


def _canopy_arch(c: Canvas, s: Stage) -> None:
    """Leaves hanging into the top corners."""
    for side in (-1, 1):
        for i in range(8):
            x = 600 + side * (660 - i * 62)
            y = -10 + s.rng.uniform(-20, 10) + (0 if i > 2 else 70 - 25 * i)
            size = s.rng.uniform(80, 120)
            c.path(blob(s.rng, x, y, size, size * 0.7, 0.2), s.light.leaf[2 - (i % 2)], opacity=0.96)


def _kayaker(c: Canvas, s: Stage, x: float, y: float, w: float, look: Look, colour: str) -> None:
    """Someone paddling a kayak."""
    pose = Pose(left=((62, -160), (66, -138)), right=((60, -160), (62, -166)), legs="none", facing=0.3)
    person_h = w * 0.72
    people.person(c, x, y + person_h * 0.1, person_h, look, pose)
    with c.at(x, y - person_h * 0.2, w / 400, -9):
        c.line("M-205 0H205", "#4b3a3a", 8)
        for side in (-1, 1):
            c.ellipse(side * 208, 0, 36, 15, MARIGOLD)
    boats.kayak(c, x, y, w, colour, s.light)
    sea.ripples(c, x, y + w * 0.08, w * 0.42, s.light.glint, 0.55)


def beach_snorkel(c: Canvas, s: Stage) -> None:
    """A clear bay seen above and below the water."""
    sky.sky(c, s, 330)
    land.karst(c, s, 240, 345, 260, 230, 0.5)
    land.karst(c, s, 950, 350, 320, 260, 0.35)
    land.karst(c, s, 700, 342, 120, 110, 0.85)
    c.path("M760 350Q960 326 1400 336V366H760Z", s.light.ground[0])
    for x, h, lean in ((1080, 170, -40), (1150, 200, 30)):
        plants.palm(c, s.rng, x, 345, h, lean, s.light)
    sea.water(c, s, 344, 480)
    boats.longtail(c, 480, 392, 380, s.light)
    _underwater(c, s)
    _snorkeller(c, 720, 560, 1.15)
    for i in range(16):
        _fish(
            c,
            130 + (i * 173) % 940,
            560 + (i * 97) % 250,
            s.rng.uniform(0.7, 1.25),
            (SAFFRON, MARIGOLD, CORAL, "#f7f0ff", LAGOON)[i % 5],
            bool(i % 3),
        )


def _underwater(c: Canvas, s: Stage) -> None:
    """The blue-green room below the surface with coral gardens."""
    deep = mix(s.light.water[1], INDIGO, 0.25)
    edge = "M-100 452Q100 424 300 450T700 450T1100 448T1500 450"
    c.path(edge + "V1000H-100Z", c.vertical(mix(s.light.water[0], LAGOON, 0.5), s.light.water[1], deep))
    c.line(edge, s.light.glint, 9, opacity=0.85)
    c.line("M-100 468Q100 440 300 466T700 466T1100 464T1500 466", s.light.glint, 4, opacity=0.4)
    beam = c.vertical((0, s.light.glint, 0.4), (1, s.light.glint, 0))
    for x in (160, 420, 640, 900):
        c.path(f"M{x} 456h90l-150 380h-170Z", beam)
    c.path("M-100 850Q200 800 500 842T1000 830T1500 850V1000H-100Z", c.vertical("#f0dca8", "#b59f7c"), opacity=0.9)
    for i in range(13):
        _coral(c, s, -10 + i * 104 + s.rng.uniform(-20, 20), 850 + s.rng.uniform(-8, 36), s.rng.uniform(60, 120), i)


def _coral(c: Canvas, s: Stage, x: float, y: float, h: float, kind: int) -> None:
    """Branching, brain or fan coral."""
    colour = (CORAL, "#f4a6a0", SAFFRON, "#c86fa8", LAGOON)[kind % 5]
    if kind % 3 == 0:
        c.path(blob(s.rng, x, y - h * 0.2, h * 0.55, h * 0.4), c.vertical(lighter(colour, 0.35), darker(colour, 0.2)))
        furrow = f"q{h * 0.2:.1f} {-h * 0.2:.1f} {h * 0.34:.1f} 0t{h * 0.34:.1f} 0"
        c.line(f"M{x - h * 0.35:.1f} {y - h * 0.2:.1f}{furrow}", CREAM, 3, opacity=0.4)
        return
    for k in range(-2, 3):
        c.line(f"M{x:.1f} {y:.1f}Q{x + k * h * .08:.1f} {y - h * .5:.1f} {x + k * h * .22:.1f} "
               f"{y - h * (1 - abs(k) * .12):.1f}", colour if k % 2 else lighter(colour, 0.2), h * 0.12)  # fmt: skip


def _fish(c: Canvas, x: float, y: float, scale: float, colour: str, flip: bool) -> None:
    """A small reef fish."""
    with c.at(x, y, scale, 0, flip):
        c.path("M-22 0L-44 -15Q-38 0 -44 15Z", darker(colour, 0.15))
        c.path("M-28 0Q-4 -24 28 0Q-4 24 -28 0Z", c.vertical(lighter(colour, 0.4), colour))
        c.line("M-4 -12Q2 0 -4 12M-14 -8Q-9 0 -14 8", CREAM, 3.5, opacity=0.75)
        c.circle(16, -3, 2.8, "#2a1a18")


def _snorkeller(c: Canvas, x: float, y: float, scale: float) -> None:
    """A swimmer with mask, snorkel and fins."""
    skin = "#e0a77c"
    with c.at(x, y, scale, 8):
        c.line("M-90 -4Q-160 -22 -220 0", skin, 26)
        c.line("M-90 12Q-160 16 -214 40", skin, 26)
        c.path("M-210 -10L-300 -34Q-296 4 -214 14Z", SAFFRON)
        c.path("M-204 28L-288 44Q-270 78 -204 56Z", SAFFRON)
        c.path("M74 -22Q0 -46 -100 -20Q-116 4 -98 24Q0 44 70 26Z", c.vertical(CORAL, darker(CORAL, 0.15)))
        c.line("M54 14Q96 58 150 70", skin, 22)
        c.circle(104, -4, 42, skin)
        c.path("M66 8C52 -62 128 -76 142 -26Q110 -36 66 8Z", "#2b1d1a")
        c.path("M106 -22h44q8 18 -6 30h-30q-14 -12 -8 -30Z", "#bff3ee", stroke=TEAL, stroke_width=8)
        c.path("M112 22q14 10 26 -2", "none", stroke="#8c3a2e", stroke_width=5)
        c.line("M78 14Q60 -30 66 -112", MARIGOLD, 9)
