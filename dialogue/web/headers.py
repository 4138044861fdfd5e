"""Security headers: nothing is allowed but what a page needs from ourselves (promises.md, 4)."""

from functools import lru_cache

from flask import Flask, Response, g, request

from dialogue.shared.settings import Settings
from dialogue.web.errors import RETRY_AFTER

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}

# A page may say otherwise of itself: one records sound.
ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()"),
)


def init(app: Flask, settings: Settings) -> None:
    """Add the headers to every answer."""

    @app.after_request
    def add(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", policy(**getattr(g, "csp", {})))
        headers.setdefault("Referrer-Policy", "same-origin")
        for name, value in ALWAYS:
            headers.setdefault(name, value)
        if settings.https:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if response.status_code == 503:
            headers.setdefault("Retry-After", RETRY_AFTER)
        if request.endpoint != "static":
            headers.setdefault("Cache-Control", "no-store")
        return response


def with_microphone(response: Response) -> Response:
    """A page that may use the microphone, and play what was recorded a moment ago."""
    response.headers["Permissions-Policy"] = "camera=(), microphone=(self), geolocation=(), interest-cohort=()"
    response.headers["Content-Security-Policy"] = policy(media_src="blob:")
    return response


@lru_cache(maxsize=64)
def policy(**extra: str) -> str:
    """The content security policy; `extra` adds sources, e.g. style_src="'sha256-…'"."""
    sources = dict(POLICY)
    for name, value in extra.items():
        directive = name.replace("_", "-")
        sources[directive] = f"{sources[directive]} {value}".replace("'none' ", "")
    return "; ".join(f"{name} {value}" for name, value in sources.items())
