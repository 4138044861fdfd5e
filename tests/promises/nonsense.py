"""Requests that nobody should send: right addresses and field names, mixed with everything that goes wrong."""

# ruff: noqa: E501  (the lists read best as they are)
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlencode

from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder

from tests.web.routes import Door

Fields = Mapping[str, Sequence[str]]
HUGE = "9" * 5000
ZALGO = "Z" + "\u0310\u0352\u0315\u031b" * 60
STRANGE_TEXTS = [
    "", " ", "\u3164\u200b\u2060", "\x00", "a\x00b", "\u202egro.live\u202c", ZALGO, "\u0301", "é" * 5000, "x" * 100_000,
    "ﷺ" * 300, "👩‍👩‍👧‍👦", "\ud800", "ﬀİıſ", "\r\nSet-Cookie: a=b", "<script>alert(1)</script>", "{{ 7*7 }}",
    "%s%n%x", "' OR 1=1 --", "=cmd|' /C calc'!A0", "\"*", "NEAR(a b", "a AND OR", "%_\\", "None", "null", "true", "[]",
]  # fmt: skip
STRANGE_NUMBERS = [
    "-1", "0", "1", "2", "999", "-0", "+1", " 1", "1_000", "1.5", "1e309", "NaN", "Infinity", "0x10", "٣", "²", "1\x00",
    str(2**31), str(2**63), str(2**63 - 1), str(-(2**63) - 1), "1" + "0" * 20, HUGE,
]  # fmt: skip
STRANGE_DAYS = [
    "2026-02-30", "0000-00-00", "0001-01-01", "9999-12-31", "12026-01-01", "2026-13-01", "31/12/2026", "-2026-01-01",
    "2026-W01-1", "1900-01-01", "2026-06-15", "2099-12-31",
]  # fmt: skip
STRANGE_ADDRESSES = [
    "https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "/\t/[", "http://[", "https://[::1",
    "javascript:alert(1)", "http://a:99999999/", "/desk\r\nX: y", "https://user@evil.example.\u2100/", "data:text/html,x",
    "///evil.example", "/%2f%2fevil.example", "/desk?" + "a" * 9000,
]  # fmt: skip
STRANGE_CODES = [
    "A", "B", "nl", "en", "xx", "nl_BE.UTF-8", "../en", "svg", "school", "calendar", "q1", "q999", "B|q1|a", "B|q1|zz",
    "Z|q1|a", "||", "maker", "emperor", "send", "change", "kind:own_words", "bank:NO-1", "scale:", "kind:", "rejected",
    "ff" * 16, "zz" * 16, "f", "college", "self", "?", "ADOPTED", "under_study", "not_ours", "adopted", "done",
]  # fmt: skip
STRANGE_PIECES = [
    b"%00", b"%FF%FE", b"%ED%A0%80", b"..%2F..%2Fetc%2Fpasswd", b"../", b"%2e%2e", b"%E2%80%AE", b"x" * 3000, b"%", b"%zz",
    b"-1", b"%20", b"99999999999999999999", b"%D9%A3", b"+", b"a;b=c", b"%5B", b"2147483648", b"0", b"%0d%0aX:y", b"B", b"nl",
    b"9223372036854775808", b"1", b"2", b"q1", b"9" * 5000, b"total-nl", b"%C4%B1%C5%BF",
]  # fmt: skip
STRANGE_METHODS = [
    "TRACE",
    "PROPFIND",
    "",
    "get",
    "PUT",
    "DELETE",
    "PATCH",
    "OPTIONS",
    "HEAD",
    "CONNECT",
    "G T",
    "X" * 300,
]
SEARCHED = ["q", "find", "page", "before", "after", "rounds", "next", "lang", "item", "shown", "state", "band", "question",
            "part", "year", "code", "language", "colour", "v", "words", "order", "place", "again", "age", "consultation",
            "department", "paper", "signal", "text", "to", "version", "whose"]  # fmt: skip
EXTRA_FIELDS = [
    "id", "municipality_id", "department_id", "role", "state", "published_at", "key", "decision", "signals", "signal",
    "next", "csrf_token", "answer", "department", "start", "step", "instrument", "words", "keys", "seen", "proposal",
    "__class__", "", "q1", "q2", "text",
]  # fmt: skip
STRANGE_HEADERS = {
    "Host": ["evil.example", "localhost:99999", "localhost@evil.example", "[::1", "", "a" * 3000, "LOCALHOST", "localhost."],
    "X-Forwarded-Host": ["evil.example"],
    "X-Forwarded-For": ["127.0.0.1, evil", "\xff"],
    "X-Forwarded-Proto": ["gopher"],
    "Forwarded": ["for=\"[::1\";host=evil.example"],
    "X-Http-Method-Override": ["DELETE"],
    "Range": ["bytes=0-0", "bytes=-1", "bytes=99999999999999999999-", "bytes=a-b", "bytes=5-1,0-0"],
    "If-None-Match": ["*", "\"", "W/\"x"],
    "If-Modified-Since": ["yesterday", "Thu, 01 Jan 0001 00:00:00 GMT", "Fri, 31 Dec 99999 23:59:59 GMT"],
    "If-Range": ["\"x", "yesterday"],
    "Accept": ["application/json", "text/html;q=nan", "*/*;q=-1", ",;,;", "\xff", "image/*", "a" * 9000],
    "Accept-Language": ["tlh", "nl;q=inf", "en;q=0,nl;q=0", "\xff", "-" * 500, "x" * 9000, "en-"],
    "Accept-Encoding": ["br", "gzip;q=0", "identity;q=0, *;q=0", "\xff"],
    "Cookie": ["dialogue=", "dialogue=x.y.z", "dialogue=\xff\xfe", ";;;==", "dialogue=" + "A" * 9000, "=; =", "$Version=1"],
    "Content-Length": ["-1", "x", "99999999999", "1", ""],
    "Transfer-Encoding": ["chunked", "gzip"],
    "Content-Encoding": ["gzip", "br"],
    "Referer": ["http://[", "\xff"],
    "Origin": ["null", "https://evil.example"],
    "User-Agent": ["", "\xff" * 50, "x" * 60_000],
    "Authorization": ["Basic !!!", "Bearer " + "x" * 5000],
}  # fmt: skip
STRANGE_TYPES = [
    "application/json", "application/json; charset=utf-7", "text/plain", "", "multipart/form-data",
    "multipart/form-data; boundary=", "application/x-www-form-urlencoded; charset=utf-16", "application/problem+json", "\xff",
]  # fmt: skip
STRANGE_JSON = [
    b"", b"{", b"[]", b"null", b"1", b"\"x\"", b"NaN", b"[1, 2]", b"[[1, 2], [3, 4]]", b"{\"a\": NaN}", b"{\"a\": 1, \"a\": 2}",
    b"[" * 60_000, b"{\"a\":" * 20_000, b"\xff\xfe{\x00}\x00", b"\"\\ud800\"", b"{\"q1\": \"\\ud800\"}", b"9" * 60_000,
    b"{\"a\": 9223372036854775808}", b"{\"a\": 1e999}", b"\xef\xbb\xbf{}", b"{\"\\u0000\": {\"\\u0000\": []}}",
]  # fmt: skip
GIGANTIC = "multipart/form-data; boundary=edge"
_PART = b'--edge\r\nContent-Disposition: form-data; name="words"\r\n\r\n%s\r\n'
FORM, JSON = "application/x-www-form-urlencoded", "application/json"

texts = st.one_of(
    st.sampled_from(STRANGE_TEXTS),
    st.sampled_from(STRANGE_NUMBERS),
    st.sampled_from(STRANGE_DAYS),
    st.sampled_from(STRANGE_ADDRESSES),
    st.sampled_from(STRANGE_CODES),
    st.text(max_size=12),
)


@dataclass(frozen=True)
class Request:
    """One request as it goes over the wire, and who sends it."""

    door: Door
    who: str
    method: str
    path: bytes  # percent-encoded
    query: bytes = b""
    content_type: str = ""
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    with_token: bool = False  # the check of the form's token is on

    def environ(self, cookie: str) -> dict[str, Any]:
        """Its WSGI environment; `cookie` is how this person is known."""
        environ = EnvironBuilder("/", base_url="http://localhost").get_environ()
        environ |= {
            "REQUEST_METHOD": self.method,
            "PATH_INFO": unquote_to_bytes(self.path).decode("latin-1"),
            "QUERY_STRING": self.query.decode("latin-1"),
            "CONTENT_TYPE": self.content_type,
            "CONTENT_LENGTH": str(len(self.body)),
            "wsgi.input": BytesIO(self.body),
            "HTTP_COOKIE": cookie,
        }
        for name, value in self.headers.items():
            key = name.upper().replace("-", "_")
            environ[key if key.startswith("CONTENT_L") else f"HTTP_{key}"] = value
        return environ


@st.composite
def requests(draw: st.DrawFn, door: Door, people: Sequence[str], records: Any, forms: Any) -> Request:
    """A request to this door: each part of it is right, or nonsense."""
    method = draw(st.sampled_from(STRANGE_METHODS)) if draw(rarely) else door.method
    content_type, body = "", b""
    if door.method == "POST":
        content_type, body = draw(bodies(forms.get(door.endpoint, {})))
    return Request(
        door,
        draw(st.sampled_from(people)),
        method,
        draw(paths(door, records)),
        draw(queries()) if draw(st.booleans()) else b"",
        content_type,
        body,
        draw(headers) if draw(sometimes) else {},
        draw(rarely) or content_type == GIGANTIC,  # there the check of the token reads it first
    )


rarely = st.integers(0, 9).map(lambda number: number == 9)
sometimes = st.integers(0, 3).map(lambda number: number == 3)


@st.composite
def paths(draw: st.DrawFn, door: Door, records: Any) -> bytes:
    """The address of the record, with at most one part of it made strange."""
    path = door.address(records | records.get(door.endpoint.split(".")[0], {})).encode()
    if not draw(sometimes):
        return path
    pieces = path.split(b"/")
    place = draw(st.integers(1, len(pieces) - 1)) if draw(rarely) else _a_value(draw, door, pieces)
    pieces[place] = draw(st.sampled_from(STRANGE_PIECES))
    return b"/".join(pieces)


def _a_value(draw: st.DrawFn, door: Door, pieces: list[bytes]) -> int:
    """Where in the address a value stands, not a word of ours."""
    values = [place for place, piece in enumerate(door.rule.rule.split("/")) if "<" in piece and place < len(pieces)]
    return draw(st.sampled_from(values)) if values else len(pieces) - 1


@st.composite
def queries(draw: st.DrawFn) -> bytes:
    """A query string: names that are read somewhere with strange values, or no query string at all."""
    if draw(rarely):
        return draw(
            st.sampled_from([b"%ED%A0%80=%FF", b"&&&===", b"%", b"a" * 9000, b"q=%C3%28", b"lang=nl&" * 2000, b"\xff"])
        )
    pairs = draw(st.lists(st.tuples(st.sampled_from(SEARCHED), texts), min_size=1, max_size=4))
    return encoded(pairs)


def encoded(pairs: Sequence[tuple[str, str]]) -> bytes:
    """Names and values as they stand in a query string or a form, whatever is in them."""
    return urlencode([(name, text.encode("utf-8", "surrogatepass")) for name, text in pairs]).encode()


@st.composite
def bodies(draw: st.DrawFn, fields: Fields) -> tuple[str, bytes]:
    """A form with some fields right and some not; JSON that is not; or one labelled as the other."""
    kind = draw(st.integers(0, 19))
    if kind < 4:
        return JSON, draw(st.one_of(st.sampled_from(STRANGE_JSON), _json_of(fields)))
    if kind == 4:
        return draw(st.sampled_from(STRANGE_TYPES)), draw(st.sampled_from(STRANGE_JSON))
    if kind == 5 and draw(rarely):
        return GIGANTIC, draw(st.sampled_from([_PART * 3000, _PART % (b"y" * 600_000), _PART[:-2] + b"\r\n" * 2000]))
    if kind == 5:
        return FORM, draw(
            st.sampled_from([b"a=b&" * 3000, b"\xff\xfe=%FF", b"=" * 5000, b"x=" + b"y" * 300_000, b"%00=%00"])
        )
    pairs = [(name, draw(texts) if draw(sometimes) else _right(draw, values)) for name, values in fields.items()]
    pairs += draw(st.lists(st.tuples(st.sampled_from(EXTRA_FIELDS), texts), max_size=2))
    if kind == 6:
        return _multipart(pairs)
    return FORM, encoded(pairs)


def _right(draw: st.DrawFn, values: Sequence[str]) -> str:
    return draw(st.sampled_from(values)) if values else "Dit is een gewone zin."


def _json_of(fields: Fields) -> st.SearchStrategy[bytes]:
    leaves = st.one_of(st.none(), st.booleans(), st.sampled_from([2**63, -1, 0.5, "?", "a", "\ud800", HUGE]), texts)
    values = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3), max_leaves=5)
    names = st.sampled_from([*fields, "protocol", "key", "instrument", "answers", "words", "text"])
    return st.dictionaries(names, st.one_of(values, st.dictionaries(names, values, max_size=3)), max_size=6).map(
        lambda found: json.dumps(found).encode()
    )


def _multipart(pairs: Sequence[tuple[str, str]]) -> tuple[str, bytes]:
    edge = b"edge"
    parts = []
    for number, (name, text) in enumerate(pairs):
        file = b'; filename="../../\xff\x00.php"' if number % 3 == 2 else b""
        header = b'Content-Disposition: form-data; name="' + quote_from_bytes(name.encode()).encode() + b'"' + file
        parts.append(b"--" + edge + b"\r\n" + header + b"\r\n\r\n" + text.encode("utf-8", "surrogatepass") + b"\r\n")
    return "multipart/form-data; boundary=edge", b"".join(parts) + b"--edge--\r\n"


headers = st.dictionaries(st.sampled_from(sorted(STRANGE_HEADERS)), st.integers(0, 99), min_size=1, max_size=3).map(
    lambda chosen: {name: STRANGE_HEADERS[name][place % len(STRANGE_HEADERS[name])] for name, place in chosen.items()}
)
