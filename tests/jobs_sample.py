"""Work for the tests of `jobs`: functions of a module, so that other processes find them."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

from policybook.domain.error import RenderError


def shout(words: str) -> bytes:
    return words.upper().encode()


def refuse(words: str) -> bytes:
    raise RenderError(f"cannot make {words}", mend="try other words")


def shout_or_fail(words: str) -> bytes:
    """`refuse` raises one of our errors, `fault` one of Python's, `die` ends the process at once."""
    if words == "refuse":
        return refuse(words)
    if words == "fault":
        raise KeyError(words)
    if words == "die":
        os._exit(1)
    return shout(words)


def shout_or_hang(words: str) -> bytes:
    """`sleep` waits, `spin` runs in Python, `stick` in C code that lets nothing else run, `eat` asks for memory."""
    if words == "sleep":
        time.sleep(600)
    while words == "spin":
        pass
    if words == "stick":
        re.match(r"(a+)+$", "a" * 60 + "b")
    if words == "eat":
        return bytes(3_000_000_000)
    return shout_or_fail(words)


def shout_slowly(mark: str, words: str) -> bytes:
    """Leaves a file that says which process worked on it, before it is done."""
    Path(mark, f"{words}-{os.getpid()}").touch()
    time.sleep(0.2)
    return shout(words)
