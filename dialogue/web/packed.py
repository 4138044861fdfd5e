"""Bytes that are the same for everybody: compressed once per process, sent in the best encoding a browser takes."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import brotli  # type: ignore[import-untyped]
from flask import Response, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Packed:
    """What is sent, as it is and compressed."""

    bodies: Mapping[str, bytes]  # by content encoding
    mark: str
    content_type: str


@lru_cache(maxsize=512)
def pack(content: bytes, content_type: str = HTML) -> Packed:
    """Compress for good."""
    bodies = {"br": brotli.compress(content), "gzip": gzip.compress(content, mtime=0), "": content}
    return Packed(bodies, hashlib.sha256(content).hexdigest()[:20], content_type)


def respond(packed: Packed, kept: str = "no-cache") -> Response:
    """It in the best encoding that this browser takes; 304 when it has it already. `kept`: its Cache-Control."""
    encoding = encoding_for(request.headers.get("Accept-Encoding", ""))
    headers = {
        "Content-Type": packed.content_type,
        "Vary": "Accept-Encoding",
        "Cache-Control": kept,
        "ETag": f'"{packed.mark}-{encoding or "plain"}"',
    }
    if encoding:
        headers["Content-Encoding"] = encoding
    response = Response(packed.bodies[encoding], headers=headers)
    if "If-None-Match" in request.headers:
        response.make_conditional(request)
    return response


@lru_cache(maxsize=256)
def encoding_for(accepted: str) -> str:
    """The best encoding that a browser says it takes; "" for none."""
    known = parse_accept_header(accepted, Accept)
    return next((name for name in ("br", "gzip") if known.quality(name)), "")
