"""Signs that steer a terminal or turn words round, shown instead of obeyed."""

from __future__ import annotations

_CODES = (*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_SHOWN = {code: f"<U+{code:04X}>" for code in _CODES}


def visible(text: str) -> str:
    """The text with every control sign but tab and line feed, and every bidirectional control, as `<U+202E>`.

    One such sign in a file from a stranger can hide words on a screen, or show them in another order than they stand.
    """
    return text.translate(_SHOWN)
