"""Cards on a phone's photos: what we read of bad pictures, against zxing-cpp alone on the very same ones."""

import io
import random
from collections.abc import Callable, Sequence

import qrcode
import zxingcpp
from PIL import Image, ImageFilter

from benching.rounds import Plan, seconds, tell
from pointsbank import sheets
from pointsbank.errors import Invalid
from pointsbank.photos import reading
from pointsbank.roster import TOKEN_AT_END

SMALL, LARGE = (1600, 1200), (4000, 3000)
Picture = tuple[str, bytes]


def photographed(plan: Plan) -> None:
    """Turned, tilted, blurred, dark and noisy pictures; a quarter of them with twelve megapixels."""
    dice = random.Random("photographs")
    made = sheets.find("cards").example(plan.some(12, 200)).faces
    sizes = [LARGE if number % 4 == 3 else SMALL for number in range(len(made))]
    pictures = [
        (face.content, _photo(face.content, size, dice)) for face, size in zip(made, sizes, strict=True)
    ]
    tell(
        f"share read of {len(pictures)} bad photos, of what zxing-cpp alone reads",
        [(_share(_alone, pictures), _share(_ours, pictures))],
        "of 1",
    )
    for size in (SMALL, LARGE):
        chosen = [picture for picture, own in zip(pictures, sizes, strict=True) if own == size][:20]
        pairs = [(_ms(_alone, chosen), _ms(_ours, chosen)) for _ in range(plan.some(1, 5))]
        tell(f"reading a photo of {size[0]} x {size[1]}, times zxing-cpp alone", pairs, "ms")


def _ours(picture: bytes) -> str:
    """What the till makes of a picture; nothing where it asks for another."""
    try:
        return reading.codes_in(io.BytesIO(picture), TOKEN_AT_END)[0]
    except Invalid:
        return ""


def _alone(picture: bytes) -> str:
    """The library on the whole picture, straight away."""
    with Image.open(io.BytesIO(picture)) as opened:
        found = zxingcpp.read_barcodes(opened.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)
    return str(found[0].text) if found else ""


def _share(read: Callable[[bytes], str], pictures: Sequence[Picture]) -> float:
    """How many pictures say what stands on the card."""
    return sum(read(picture) == content for content, picture in pictures) / len(pictures)


def _ms(read: Callable[[bytes], str], pictures: Sequence[Picture]) -> float:
    """Milliseconds a picture."""
    return seconds(lambda: [read(picture) for _, picture in pictures]) * 1000 / len(pictures)


def _photo(content: str, size: tuple[int, int], dice: random.Random) -> bytes:
    """A JPEG of a card's code lying somewhere on a table."""
    side = round(size[1] * dice.uniform(0.1, 0.5))
    code = _code(content).resize((side, side), Image.Resampling.NEAREST)
    tilted = _tilted(code.rotate(dice.uniform(0, 360), Image.Resampling.BICUBIC, True, fillcolor=235), dice)
    picture = Image.new("L", size, 200)
    picture.paste(tilted, (dice.randrange(size[0] - tilted.width), dice.randrange(size[1] - tilted.height)))
    sharpness = size[0] / SMALL[0]
    picture = picture.filter(ImageFilter.GaussianBlur(dice.uniform(0, 3.2) * sharpness))
    noise = Image.frombytes("L", size, dice.randbytes(size[0] * size[1]))
    picture = Image.blend(picture, noise, dice.uniform(0, 0.35))
    light, contrast = dice.uniform(20, 90), dice.uniform(0.3, 0.7)
    out = io.BytesIO()
    picture.point(lambda grey: round(light + contrast * grey)).save(out, "JPEG", quality=dice.randint(40, 85))
    return out.getvalue()


def _tilted(code: Image.Image, dice: random.Random) -> Image.Image:
    """As seen from somewhere beside it: each corner is taken from a little outside."""
    far = [dice.uniform(0, 0.2) * code.width for _ in range(8)]
    right, bottom = code.width, code.height
    corners = (-far[0], -far[1], -far[2], bottom + far[3], right + far[4], bottom + far[5], right + far[6])
    return code.transform(
        code.size,
        Image.Transform.QUAD,
        (*corners, -far[7]),
        Image.Resampling.BICUBIC,
        fillcolor=235,
    )


def _code(content: str) -> Image.Image:
    """The code as it is printed, one point a module, with its quiet zone."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_H, border=4, mask_pattern=3)
    code.add_data(content)
    code.make(fit=True)
    matrix = code.get_matrix()
    plain = Image.new("L", (len(matrix), len(matrix)), 235)
    plain.putdata([20 if dark else 235 for row in matrix for dark in row])
    return plain
