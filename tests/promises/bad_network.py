"""A network between phones and the server that loses, doubles and lies, as those of schools and trams do.

It does so with what is sent; pages that are asked for come through, for without them nobody answers.
"""

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

PORTAL = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
LIES = [
    (b"text/html", b"<html><body>Welcome to the free Wi-Fi of the tram. Please accept.</body></html>"),
    (b"application/json", b'{"saved": true}'),
    (b"application/json", b'{"saved": "' + b"0" * 64 + b'", "help": 0}'),
]
FATES = {"lost before": 0.15, "lost after": 0.10, "cut off": 0.05, "doubled": 0.10, "portal": 0.05, "well": 0.55}


class BadNetwork:
    """A proxy of one request per connection; what became of each is counted in `fates`."""

    def __init__(self, server_port: int) -> None:
        self.fates: Counter[str] = Counter()
        self._server_port = server_port
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=200)
        self._busy: list[threading.Thread] = []
        self.port = int(self._socket.getsockname()[1])

    def serve(self) -> None:
        """Until the socket is closed."""
        while True:
            try:
                phone, _address = self._socket.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._carry, args=(phone,), daemon=True)
            thread.start()
            self._busy.append(thread)

    def close(self) -> None:
        """Take nothing new, and wait until all that was doubled has arrived."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for thread in self._busy:
            thread.join(30)

    def _carry(self, phone: socket.socket) -> None:
        random = Random()
        with phone:
            try:
                request = read_request(phone)
                shares = FATES if request.startswith(b"POST") else {"well": 1.0}
                [fate] = random.choices(list(shares), list(shares.values()))
                self.fates[fate] += 1
                self._meet(fate, phone, request, random)
            except OSError:
                self.fates["broken"] += 1

    def _meet(self, fate: str, phone: socket.socket, request: bytes, random: Random) -> None:
        if fate == "lost before":
            return
        if fate == "portal":
            kind, lie = random.choice(LIES)
            phone.sendall(PORTAL % (kind, len(lie), lie))
            return
        answer = self._forward(request)
        if fate == "doubled":
            first, second = answer, self._forward(request)
            answer = random.choice([first, second])
        if fate == "cut off":
            answer = answer[: random.randrange(len(answer))]
        if fate != "lost after":
            phone.sendall(answer)

    def _forward(self, request: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self._server_port), timeout=30) as server:
            server.sendall(request)
            return b"".join(iter(lambda: server.recv(65536), b""))


def read_request(phone: socket.socket) -> bytes:
    """A whole request; it asks the server to close afterwards."""
    found = b""
    while b"\r\n\r\n" not in found:
        found += _some(phone)
    head, _, body = found.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    length = next((int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        body += _some(phone)
    kept = [line for line in lines if not line.lower().startswith(b"connection:")]
    return b"\r\n".join([*kept, b"Connection: close", b"", body])


def _some(phone: socket.socket) -> bytes:
    part = phone.recv(65536)
    if not part:
        raise ConnectionError
    return part


@contextmanager
def bad_network(server_port: int) -> Iterator[BadNetwork]:
    """Such a network, while the block runs."""
    network = BadNetwork(server_port)
    thread = threading.Thread(target=network.serve, daemon=True)
    thread.start()
    yield network
    network.close()
    thread.join(30)
