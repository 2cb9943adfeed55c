"""Values that are worked out when they are first asked for, so that what did not change need not be worked out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

_Value = TypeVar("_Value")
_NOT_YET = object()


class Later(Generic[_Value]):
    """Call it for the value. It goes to another process as its value, which is worked out before."""

    def __init__(self, make: Callable[[], _Value]) -> None:
        self._make = make
        self._value: object = _NOT_YET

    def __call__(self) -> _Value:
        """The value."""
        if self._value is _NOT_YET:
            self._value = self._make()
        return self._value  # type: ignore[return-value]

    def __repr__(self) -> str:
        return repr(self())

    def __reduce__(self) -> tuple[Callable[[_Value], Later[_Value]], tuple[_Value]]:
        return known, (self(),)


def known(value: _Value) -> Later[_Value]:
    """A value that is there already."""
    return Later(lambda: value)


class LaterMapping(Mapping[str, _Value]):
    """A mapping that knows its keys and works out each value when it is first asked for."""

    def __init__(self, values: Mapping[str, Later[_Value]]) -> None:
        self._values = dict(values)

    def __getitem__(self, key: str) -> _Value:
        return self._values[key]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def __len__(self) -> int:
        return len(self._values)
