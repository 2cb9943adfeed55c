"""A school's logo: what kind of picture it is and how large, read from its first bytes and never decoded."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

NAMES = ("logo.png", "logo.jpg", "logo.jpeg")
HEIGHT_MM = 20.0
WIDEST_MM = 80.0
MOST_PIXELS = 8_000_000
MOST_BYTES = 4_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_CMYK = 4


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that may be printed: its file, its kind and its size on paper in millimetres."""

    file: Path
    kind: str
    width_mm: float
    height_mm: float


def find_logo(folder: Path) -> Path | None:
    """The logo's file in a template folder, or None."""
    return next((folder / name for name in NAMES if (folder / name).is_file()), None)


def read_logo(file: Path) -> Logo | str:
    """The logo, or in words why it cannot be printed."""
    size = file.stat().st_size
    if size > MOST_BYTES:
        return f"the logo is a file of {size / 1e6:.0f} MB; at most {MOST_BYTES // 1_000_000} MB are printed"
    content = file.read_bytes()
    measured = _png(content) or _jpeg(content)
    if measured is None:
        return "the logo is no PNG or JPEG picture"
    kind, width, height, channels = measured
    if width < 1 or height < 1:
        return "the logo has no size"
    if width * height > MOST_PIXELS:
        megapixels = width * height / 1e6
        return f"the logo has {megapixels:.0f} megapixels; at most {MOST_PIXELS // 1_000_000} are printed"
    if channels == _CMYK:
        return "the logo is in the colours of a printing press (CMYK), which a PDF for archives cannot hold"
    shrink = min(1.0, WIDEST_MM / (HEIGHT_MM * width / height))
    return Logo(file, kind, HEIGHT_MM * width / height * shrink, HEIGHT_MM * shrink)


def _png(content: bytes) -> tuple[str, int, int, int] | None:
    if not content.startswith(_PNG) or content[12:16] != b"IHDR" or len(content) < 24:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return "png", width, height, 3


def _jpeg(content: bytes) -> tuple[str, int, int, int] | None:
    """Goes from marker to marker to the one that begins the picture's frame."""
    if not content.startswith(b"\xff\xd8"):
        return None
    place = 2
    while place + 10 <= len(content) and content[place] == 0xFF:
        marker, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4])
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return "jpeg", width, height, content[place + 9]
        place += 2 + max(length, 2)
    return None
