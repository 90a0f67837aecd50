"""Photos of filled-in score sheets, made up: each degradation is drawn evenly from its span, by a seed.

`filled` writes marks on a printed page (our own PDF, 10 points a millimetre); `photographed` bends that page
in space, looks at it through a camera, and spoils the light, the focus and the file. What was drawn comes
back, so that a photo that is misread can be made again.
"""

import io
import math
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from pointsbank.omr.layout import PAGE, box_middle
from tests.omr.strokes import Pen, Spot, drawn_mark, dust, scribble

SCALE = 10
"""Points a millimetre on the page that is photographed."""

DESK = 40
"""Millimetres of desk around it."""

PENS = {
    "black gel": Pen((35, 32, 38), (0.45, 0.65), 0.95, 0.0),
    "blue": Pen((38, 58, 150), (0.40, 0.60), 0.92, 0.03),
    "red": Pen((190, 40, 48), (0.40, 0.60), 0.92, 0.03),
    "pencil": Pen((85, 85, 92), (0.40, 0.70), 0.78, 0.22),
    "failing ballpoint": Pen((45, 58, 140), (0.30, 0.45), 0.75, 0.45),
}
HANDS = ("tick", "cross", "dot", "filled", "mixed")
MEGAPIXELS = (8, 5, 3, 2)
FAILING = "failing ballpoint"


@dataclass(frozen=True, kw_only=True)
class Marked:
    """What stands in the boxes: `marks` by (row, column); `spoilt` are those that nobody could be sure of."""

    pen: str
    hand: str
    share: float
    marks: dict[tuple[int, int], str] = field(default_factory=dict, repr=False)
    spoilt: frozenset[tuple[int, int]] = field(default=frozenset(), repr=False)


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """How a photo was taken: angles in degrees, lengths on paper in mm, blur and shake in points."""

    megapixels: int
    tilt: float
    tilted_to: float
    roll: float
    quarters: int
    shape: str
    height: float
    bent_along: float
    bent_at: float
    fill: float
    gradient: float
    lit_from: float
    shadow: float
    shadow_edge: float
    blur: float
    shake: float
    shaken_to: float
    noise: float
    quality: int
    desk: tuple[int, int, int]

    def __str__(self) -> str:
        """Return everything drawn, in one line."""
        shown = {
            name: round(value, 2) if isinstance(value, float) else value
            for name, value in asdict(self).items()
        }
        return " ".join(f"{name}={value}" for name, value in shown.items())


def conditions(dice: random.Random, *, megapixels: int | None = None) -> Conditions:
    """Draw how a photo is taken."""
    draw = dice.uniform
    shape = dice.choices(("flat", "curled", "folded"), (50, 30, 20))[0]
    height = {"flat": 0.0, "curled": draw(0, 8), "folded": draw(0, 5)}[shape]
    return Conditions(
        megapixels=megapixels or dice.choice(MEGAPIXELS),
        tilt=draw(0, 25),
        tilted_to=draw(0, 360),
        roll=draw(-12, 12),
        quarters=dice.randrange(4),
        shape=shape,
        height=height * dice.choice((-1, 1)),
        bent_along=draw(0, 180),
        bent_at=draw(0.3, 0.7),
        fill=draw(0.80, 0.97),
        gradient=draw(0, 0.45),
        lit_from=draw(0, 360),
        shadow=draw(0.4, 0.9) if dice.random() < 0.6 else 1.0,
        shadow_edge=draw(0.2, 15),
        blur=draw(0, 1.5),
        shake=draw(0, 3.5),
        shaken_to=draw(0, 180),
        noise=draw(2, 14),
        quality=dice.randint(55, 92),
        desk=(dice.randint(40, 210), dice.randint(40, 190), dice.randint(30, 180)),
    )


def filled(
    page: Image.Image, dice: random.Random, *, rows: int, columns: int, pen: str, hand: str
) -> tuple[Image.Image, Marked]:
    """Return a copy of a printed page with marks in its boxes, words beside them and dust, and the marks."""
    sheet = page.convert("RGB")
    share = dice.uniform(0.08, 0.35)
    marks: dict[tuple[int, int], str] = {}
    spoilt = set()
    for place in [(row, column) for row in range(rows) for column in range(columns)]:
        if dice.random() > share:
            continue
        chance = dice.random()
        kind = "half-hearted" if chance < 0.03 else "crossed out" if chance < 0.05 else "mark"
        shape = hand if hand != "mixed" else dice.choice(HANDS[:-1])
        marks[place] = shape if kind == "mark" else kind
        if kind != "mark":
            spoilt.add(place)
        middle = box_middle(*place)
        drawn_mark(sheet, Spot(middle.x * SCALE, middle.y * SCALE, SCALE), PENS[pen], dice, shape, kind)
    for _ in range(dice.randint(0, 25)):
        at = Spot(dice.uniform(10, 200) * SCALE, dice.uniform(30, 275) * SCALE, SCALE)
        dust(sheet, at, dice)
    for _ in range(dice.randint(0, 5)):
        at = Spot(dice.uniform(187, 198) * SCALE, dice.uniform(45, 265) * SCALE, SCALE)
        scribble(sheet, at, PENS[pen], dice, wide=9, high=3.5)
    for _ in range(dice.randint(0, 3)):
        at = Spot(dice.uniform(30, 52) * SCALE, dice.uniform(45, 265) * SCALE, SCALE)
        scribble(sheet, at, PENS[pen], dice, wide=10, high=2.5)
    return sheet, Marked(pen=pen, hand=hand, share=share, marks=marks, spoilt=frozenset(spoilt))


Place = tuple[float, float]


class Camera:
    """Sees places of a bent sheet (millimetres from its middle) as points of a photo, and the way back."""

    def __init__(self, how: Conditions, size: tuple[int, int]) -> None:
        """Stand above the middle of the sheet, tilted, so that it fills its share of the photo."""
        self._how = how
        self._distance = 480.0
        self._size = size
        tilt, to = math.radians(how.tilt), math.radians(how.tilted_to)
        self._axis = (math.cos(to), math.sin(to))
        self._sin, self._cos = math.sin(tilt), math.cos(tilt)
        roll = math.radians(how.roll)
        self._roll = (math.cos(roll), math.sin(roll))
        self._zoom, self._shift = 1.0, (0.0, 0.0)
        corners = [self.seen(x * PAGE[0] / 2, y * PAGE[1] / 2) for x in (-1, 1) for y in (-1, 1)]
        left, right = min(x for x, _ in corners), max(x for x, _ in corners)
        top, bottom = min(y for _, y in corners), max(y for _, y in corners)
        self._zoom = how.fill * min(size[0] / (right - left), size[1] / (bottom - top))
        self._shift = tuple(  # type: ignore[assignment]
            size[side] / 2 - self._zoom * (low + high) / 2
            for side, low, high in ((0, left, right), (1, top, bottom))
        )

    def height(self, x: float, y: float) -> float:
        """How far above the table a place of the sheet lies, in mm."""
        how = self._how
        if how.shape == "flat":
            return 0.0
        along = math.radians(how.bent_along)
        reach = abs(math.cos(along)) * PAGE[0] / 2 + abs(math.sin(along)) * PAGE[1] / 2
        t = (x * math.cos(along) + y * math.sin(along)) / (2 * reach) + 0.5
        t = min(1.0, max(0.0, t))
        if how.shape == "curled":
            return how.height * math.sin(math.pi * t)
        return how.height * (t / how.bent_at if t < how.bent_at else (1 - t) / (1 - how.bent_at))

    def seen(self, x: float, y: float) -> Place:
        """Where a place of the sheet is on the photo."""
        ax, ay = self._axis
        z = self.height(x, y)
        along, across = x * ax + y * ay, -x * ay + y * ax
        # Turned about the axis `across`: what lies along it comes nearer or goes away.
        forward, depth = along * self._cos + z * self._sin, z * self._cos - along * self._sin
        scale = self._distance / (self._distance - depth)
        px, py = forward * scale, across * scale
        px, py = px * ax - py * ay, px * ay + py * ax
        cos, sin = self._roll
        px, py = px * cos - py * sin, px * sin + py * cos
        return px * self._zoom + self._shift[0], py * self._zoom + self._shift[1]

    def place(self, px: float, py: float, near: Place) -> Place:
        """Which place of the sheet is seen at a point of the photo, beginning near one; Newton's way."""
        x, y = near
        for _ in range(6):
            fx, fy = self.seen(x, y)
            ex, ey = px - fx, py - fy
            if abs(ex) + abs(ey) < 0.02:
                break
            gx, gy = self.seen(x + 0.5, y), self.seen(x, y + 0.5)
            a, b = (gx[0] - fx) * 2, (gy[0] - fx) * 2
            c, d = (gx[1] - fy) * 2, (gy[1] - fy) * 2
            determinant = a * d - b * c
            if abs(determinant) < 1e-9:
                break
            x += (ex * d - ey * b) / determinant
            y += (ey * a - ex * c) / determinant
        return x, y


def photographed(sheet: Image.Image, how: Conditions, dice: random.Random) -> bytes:
    """Return the JPEG of a sheet as a phone takes it."""
    size = photo_size(how)
    camera = Camera(how, size)
    photo = _projected(_on_desk(sheet, how.desk, size), camera, size, how.desk)
    photo = ImageChops.multiply(photo, _light(how, size, dice).convert("RGB"))
    photo = _shaken(photo.filter(ImageFilter.GaussianBlur(how.blur)), how)
    photo = _noisy(photo, how.noise, dice)
    if how.quarters:
        photo = photo.transpose(
            (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)[
                how.quarters - 1
            ]
        )
    out = io.BytesIO()
    photo.save(out, "JPEG", quality=how.quality)
    return out.getvalue()


def photo_size(how: Conditions) -> tuple[int, int]:
    """Width and height of an upright photo, three to four."""
    width = round(math.sqrt(how.megapixels * 1e6 * 3 / 4))
    return width, round(width * 4 / 3)


def _on_desk(sheet: Image.Image, desk: tuple[int, int, int], size: tuple[int, int]) -> Image.Image:
    """The sheet on a larger desk, as blurred as so many points can show it."""
    coarse = SCALE * PAGE[1] / size[1]
    if coarse > 1:
        sheet = sheet.filter(ImageFilter.GaussianBlur(0.4 * coarse))
    border = DESK * SCALE
    around = Image.new("RGB", (sheet.width + 2 * border, sheet.height + 2 * border), desk)
    around.paste(sheet, (border, border))
    return around


def _projected(
    around: Image.Image, camera: Camera, size: tuple[int, int], desk: tuple[int, int, int]
) -> Image.Image:
    """What the camera sees, in small quadrangles."""
    step = max(24, size[0] // 60)
    columns, rows = -(-size[0] // step), -(-size[1] // step)
    source: dict[tuple[int, int], Place] = {}
    for row in range(rows + 1):
        for column in range(columns + 1):
            near = source.get((row, column - 1)) or source.get((row - 1, column)) or (0.0, 0.0)
            source[row, column] = camera.place(column * step, row * step, near)

    def points(row: int, column: int) -> Place:
        x, y = source[row, column]
        return (x + PAGE[0] / 2 + DESK) * SCALE, (y + PAGE[1] / 2 + DESK) * SCALE

    mesh = [
        (
            (column * step, row * step, (column + 1) * step, (row + 1) * step),
            (
                *points(row, column),
                *points(row + 1, column),
                *points(row + 1, column + 1),
                *points(row, column + 1),
            ),
        )
        for row in range(rows)
        for column in range(columns)
    ]
    return around.transform(size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR, fillcolor=desk)


def _light(how: Conditions, size: tuple[int, int], dice: random.Random) -> Image.Image:
    """How much of the light reaches each point: a gradient, and a shadow that covers a side of the photo."""
    small = (size[0] // 4, size[1] // 4)
    to = math.radians(how.lit_from)
    # A wedge is 256 square; turned and cut it runs in any direction.
    wedge = Image.linear_gradient("L").rotate(how.lit_from, Image.Resampling.BILINEAR, fillcolor=128)
    wedge = wedge.crop((48, 48, 208, 208)).resize(small, Image.Resampling.BICUBIC)
    light = wedge.point(lambda shade: round(250 * (1 - how.gradient * (1 - shade / 255))))
    if how.shadow < 1:
        across = dice.uniform(0.25, 0.75)
        cos, sin = math.cos(to + 1), math.sin(to + 1)
        middle = (small[0] * across, small[1] * dice.uniform(0.25, 0.75))
        reach = 3 * small[1]
        edge = [
            (middle[0] - sin * reach, middle[1] + cos * reach),
            (middle[0] + sin * reach, middle[1] - cos * reach),
        ]
        far = [(x + cos * reach, y + sin * reach) for x, y in reversed(edge)]
        shade = Image.new("L", small, 255)
        ImageDraw.Draw(shade).polygon([*edge, *far], fill=round(255 * how.shadow))
        # The edge is as soft as so many millimetres of the paper.
        shade = shade.filter(ImageFilter.GaussianBlur(how.shadow_edge * size[1] / 4 / PAGE[1] / 2))
        light = ImageChops.multiply(light, shade)
    return light.resize(size, Image.Resampling.BILINEAR)


def _shaken(photo: Image.Image, how: Conditions) -> Image.Image:
    """The mean of the photo at several places along a short way."""
    steps = math.ceil(how.shake)
    if steps < 1:
        return photo
    to = math.radians(how.shaken_to)
    mean = photo
    for number in range(1, steps + 1):
        way = how.shake * number / steps
        moved = ImageChops.offset(photo, round(way * math.cos(to)), round(way * math.sin(to)))
        mean = Image.blend(mean, moved, 1 / (number + 1))
    return mean


def _noisy(photo: Image.Image, amount: float, dice: random.Random) -> Image.Image:
    """Every point a little lighter or darker: two throws added, `amount` their standard deviation."""
    throws = []
    for _ in range(2):
        grain = Image.frombytes("L", photo.size, dice.randbytes(photo.width * photo.height))
        # A byte's standard deviation is 74; two throws have 1.41 times that of one.
        throws.append(grain.point(_squeezed(amount / 74 / 1.41)))
    noise = ImageChops.add(*throws)
    return ImageChops.add(photo, Image.merge("RGB", (noise,) * 3), 1, -128)


@lru_cache(maxsize=64)
def _squeezed(share: float) -> tuple[int, ...]:
    return tuple(round(64 + (byte - 127.5) * share) for byte in range(256))


def truth(how: Conditions, places: Sequence[Place]) -> list[Place]:
    """Return where places of the page (mm from its top left corner) are on an upright photo, in points."""
    camera = Camera(how, photo_size(how))
    return [camera.seen(x - PAGE[0] / 2, y - PAGE[1] / 2) for x, y in places]
