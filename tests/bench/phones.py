"""Phones that cost as little as can be, and what a server spends on them: a page and a letter each, over sockets.

Every request has a connection of its own, as the proxy of docs/installing.md hands them on.
"""

import json
import os
import socket
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from subprocess import Popen
from typing import Any

from tests.answering.sendings import spelled

PHONES = 32  # at the same time
CLOSED_QUESTIONS = 9
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Child:
    """The bytes of its two requests."""

    page: bytes
    letter: bytes


def a_child(path: str, instrument: str, random: Random) -> Child:
    """Nine answers, and some words."""
    body = {
        "protocol": 1,
        "instrument": instrument,
        "key": spelled(random.randbytes(32)),
        "answers": {f"q{number}": random.choice("abcd") for number in range(1, CLOSED_QUESTIONS + 1)},
        "words": {
            "q10": {"text": f"Ik wil {random.randrange(10**9)} bomen en gras", "key": spelled(random.randbytes(32))}
        },
    }
    raw = json.dumps(body).encode()
    visitor = ".".join(["10", *(str(random.randrange(256)) for _ in range(3))])
    head = f" {path} HTTP/1.0\r\nHost: localhost\r\nX-Forwarded-For: {visitor}\r\nAccept-Encoding: gzip, br\r\n"
    post = f"POST{head}Content-Type: application/json\r\nContent-Length: {len(raw)}\r\n\r\n"
    return Child(f"GET{head}\r\n".encode(), post.encode() + raw)


def ask(port: int, request: bytes) -> bytes:
    """The whole answer to a request."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request)
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


def answer(port: int, child: Child) -> None:
    """One child: its page, and its letter, which must be kept."""
    assert ask(port, child.page).split(None, 2)[1] == b"200"
    assert ask(port, child.letter).split(None, 2)[1] == b"201"


def crowd(port: int, children: Sequence[Child], per_second: float = 0) -> tuple[float, list[float]]:
    """All children, as fast as it goes or so many a second: how long it lasted, and each one's seconds.

    A child that comes on time but has to wait for a free phone has waited for the server.
    """
    begin = time.perf_counter()

    def one(number: int) -> float:
        due = begin + number / per_second if per_second else time.perf_counter()
        time.sleep(max(0.0, due - time.perf_counter()))
        answer(port, children[number])
        return time.perf_counter() - due

    with ThreadPoolExecutor(PHONES) as phones:
        seconds = list(phones.map(one, range(len(children))))
    return time.perf_counter() - begin, seconds


def together(send: Callable[[bytes], bytes], requests: Sequence[bytes]) -> tuple[float, list[bytes]]:
    """These requests from all phones, as fast as it goes: how long it lasted, and the answers."""
    begin = time.perf_counter()
    with ThreadPoolExecutor(PHONES) as phones:
        answers = list(phones.map(send, requests))
    return time.perf_counter() - begin, answers


def workers(web: Popen[bytes]) -> list[int]:
    """The processes of gunicorn that serve pages."""
    return [int(pid) for pid in Path(f"/proc/{web.pid}/task/{web.pid}/children").read_text().split()]


def cpu_of(pids: Sequence[int]) -> float:
    """Seconds of processor that these processes have used."""
    fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(own[11]) + int(own[12]) for own in fields) / _TICK


def megabytes_of(pid: int) -> float:
    """The memory that a process holds."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def measured(pids: Sequence[int], do: Callable[[], Any]) -> tuple[Any, float]:
    """What `do` gives, and the seconds of processor that these processes spent on it."""
    before = cpu_of(pids)
    return do(), cpu_of(pids) - before
