"""A small SVG canvas: collects shapes, gradients and groups, and writes the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from xml.sax.saxutils import escape

Attr = str | float | int
Stop = tuple[float, str] | tuple[float, str, float]


def number(value: float) -> str:
    """A coordinate with one decimal at most."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def attributes(attrs: dict[str, Attr]) -> str:
    """Write SVG attributes; stroke_width becomes stroke-width."""
    pieces = []
    for key, value in attrs.items():
        text = value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
        pieces.append(f' {key.replace("_", "-")}="{text}"')
    return "".join(pieces)


class Canvas:
    """Shapes in painting order, with the gradients they use."""

    def __init__(self, name: str, width: int = 1200, height: int = 900) -> None:
        """Start an empty picture; the name keeps ids apart when many are on one page."""
        self.name = name
        self.width = width
        self.height = height
        self._parts: list[str] = []
        self._defs: dict[str, str] = {}

    def add(self, tag: str, **attrs: Attr) -> None:
        """Paint one element."""
        self._parts.append(f"<{tag}{attributes(attrs)}/>")

    def path(self, d: str, fill: str = "none", **attrs: Attr) -> None:
        """Paint a filled path."""
        self.add("path", d=d, fill=fill, **attrs)

    def line(self, d: str, stroke: str, width: float, **attrs: Attr) -> None:
        """Paint a round brush stroke along a path."""
        self.add(
            "path", d=d, fill="none", stroke=stroke, stroke_width=width,
            stroke_linecap="round", stroke_linejoin="round", **attrs,
        )  # fmt: skip

    def ellipse(self, x: float, y: float, rx: float, ry: float, fill: str, **attrs: Attr) -> None:
        """Paint an ellipse."""
        self.add("ellipse", cx=x, cy=y, rx=rx, ry=ry, fill=fill, **attrs)

    def circle(self, x: float, y: float, r: float, fill: str, **attrs: Attr) -> None:
        """Paint a circle."""
        self.add("circle", cx=x, cy=y, r=r, fill=fill, **attrs)

    def rect(self, x: float, y: float, width: float, height: float, fill: str, **attrs: Attr) -> None:
        """Paint a rectangle."""
        self.add("rect", x=x, y=y, width=width, height=height, fill=fill, **attrs)

    def vertical(self, *stops: Stop | str) -> str:
        """A top-to-bottom gradient; returns the paint to use as a fill."""
        return self._gradient("linearGradient", {"x1": 0, "y1": 0, "x2": 0, "y2": 1}, stops)

    def across(self, *stops: Stop | str) -> str:
        """A left-to-right gradient."""
        return self._gradient("linearGradient", {"x1": 0, "y1": 0, "x2": 1, "y2": 0}, stops)

    def radial(self, *stops: Stop | str, cx: float = 0.5, cy: float = 0.5, r: float = 0.5) -> str:
        """A gradient from a centre outwards."""
        return self._gradient("radialGradient", {"cx": cx, "cy": cy, "r": r}, stops)

    def glow(self, x: float, y: float, r: float, colour: str, opacity: float = 0.6) -> None:
        """Paint soft light that fades to nothing."""
        fill = self.radial((0, colour, opacity), (0.45, colour, opacity * 0.35), (1, colour, 0))
        self.circle(x, y, r, fill)

    def _gradient(self, tag: str, attrs: dict[str, Attr], stops: Sequence[Stop | str]) -> str:
        body = "".join(_stop(stop, i, len(stops)) for i, stop in enumerate(stops))
        return f"url(#{self._define(tag, attributes(attrs), body)})"

    def _define(self, tag: str, attrs: str, body: str) -> str:
        key = f"<{tag}{attrs}>{body}</{tag}>"
        if key not in self._defs:
            self._defs[key] = f"{self.name}-{len(self._defs)}"
        return self._defs[key]

    @contextmanager
    def group(self, transform: str = "", **attrs: Attr) -> Iterator[None]:
        """Everything painted inside shares a transform or an opacity."""
        place = f' transform="{transform}"' if transform else ""
        self._parts.append(f"<g{place}{attributes(attrs)}>")
        yield
        self._parts.append("</g>")

    @contextmanager
    def at(self, x: float, y: float, scale: float = 1, turn: float = 0,
           flip: bool = False) -> Iterator[None]:  # fmt: skip
        """Paint around a new origin, scaled, turned and perhaps mirrored."""
        steps = f"translate({number(x)} {number(y)})"
        if turn:
            steps += f" rotate({number(turn)})"
        across = -scale if flip else scale
        with self.group(f"{steps} scale({across:.3f} {scale:.3f})"):
            yield

    @contextmanager
    def clip(self, d: str) -> Iterator[None]:
        """Everything painted inside stays within the path."""
        key = self._define("clipPath", "", f'<path d="{d}"/>')
        with self.group(clip_path=f"url(#{key})"):
            yield

    def document(self, title: str, width: int, height: int, camera: str = "") -> str:
        """The finished SVG, cropped to fill the asked size."""
        defs = "".join(k.replace(">", f' id="{v}">', 1) for k, v in self._defs.items())
        body = "".join(self._parts)
        move = f' transform="{camera}"' if camera else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {self.width} {self.height}" preserveAspectRatio="xMidYMid slice" '
            f'role="img"><title>{escape(title)}</title><defs>{defs}</defs>'
            f"<g{move}>{body}</g></svg>"
        )


def _stop(stop: Stop | str, index: int, count: int) -> str:
    """One gradient stop; a bare colour is spread evenly."""
    if isinstance(stop, str):
        stop = (index / max(count - 1, 1), stop)
    opacity = f' stop-opacity="{stop[2]:.2f}"' if len(stop) == 3 else ""
    return f'<stop offset="{stop[0]:.2f}" stop-color="{stop[1]}"{opacity}/>'
