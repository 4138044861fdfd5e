"""Nobody holds the write lock while something slow goes on: every test of the suite watches that (promises.md, 1)."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pytest

from dialogue.shared.database import holds_lock

# where it stands, and what it is; the second list costs a second to load, so it is watched where it is in use
QUICK_TO_LOAD = [
    "argon2:PasswordHasher.hash", "argon2:PasswordHasher.verify", "hashlib:pbkdf2_hmac", "hashlib:scrypt",
    "jinja2:Template.render", "jinja2:Template.generate", "jinja2:Environment.from_string",
    "socket:socket.connect", "socket:create_connection", "socket:getaddrinfo", "smtplib:SMTP.__init__",
    "urllib.request:urlopen", "subprocess:Popen.__init__", "time:sleep",
]  # fmt: skip
HEAVY = [
    "typst:compile", "docx.document:Document.save", "matplotlib.figure:Figure.savefig", "xlsxwriter:Workbook.close",
    "PIL.Image:Image.save", "qrcode:QRCode.make", "pikepdf:Pdf.save", "scipy.optimize:milp", "scipy.optimize:linprog",
]  # fmt: skip


@contextmanager
def nothing_slow_inside_the_lock(names: list[str]) -> Iterator[list[str]]:
    """While the block runs, each of `names` refuses to be called by who holds the lock; gives what was refused."""
    caught: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        for name in names:
            holder, attribute = place(name)
            patch.setattr(holder, attribute, _refusing(name, getattr(holder, attribute), caught))
        yield caught


def place(name: str) -> tuple[Any, str]:
    """The module or class that holds `name`, and what it is called there."""
    module, _, path = name.partition(":")
    *outer, attribute = path.split(".")
    holder: Any = import_module(module)
    for part in outer:
        holder = getattr(holder, part)
    return holder, attribute


def _refusing(name: str, works: Callable[..., Any], caught: list[str]) -> Callable[..., Any]:
    def refuse(*args: Any, **kwargs: Any) -> Any:
        if holds_lock():
            caught.append(name)
            raise AssertionError(f"{name} inside the write lock: every child waits for it")
        return works(*args, **kwargs)

    return refuse


@pytest.fixture(autouse=True)
def nothing_slow_holds_up_a_child() -> Iterator[None]:
    """Fails the test in which something slow was called inside the lock, also where the page caught the error."""
    loaded = [name for name in HEAVY if name.partition(":")[0] in sys.modules]
    with nothing_slow_inside_the_lock([*QUICK_TO_LOAD, *loaded]) as caught:
        yield
    assert caught == []
