"""The guard at the staff door: every route is closed unless it stands on the one public list."""

from collections.abc import Callable
from typing import TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, g, redirect, request, url_for
from werkzeug.wrappers import Response

from dialogue.shared.actor import Actor, Role
from dialogue.shared.errors import NotAllowed

View = TypeVar("View", bound=Callable[..., object])


def allow(*roles: Role) -> Callable[[View], View]:
    """Mark a staff view with the roles that may use it; without roles: everybody who is signed in.

    The records it reads are still fetched through getters that refuse; this is the first of two doors.
    """

    def mark(view: View) -> View:
        view.allowed = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return mark


def init(
    app: Flask,
    load_actor: Callable[[], Actor | None],
    public: frozenset[str],
    detour: Callable[[Actor], str | None],
) -> None:
    """Guard every route of `app`; `public` are the endpoints that anybody may open.

    `detour` names the page where a person must do something first, or None.
    """
    app.extensions["dialogue.public"] = public

    @app.before_request
    def guard() -> Response | None:
        endpoint = request.endpoint
        if endpoint is None or endpoint in public:
            return None
        g.actor = load_actor()
        if g.actor is None:
            wanted = request.full_path.rstrip("?") if request.method == "GET" else None
            return redirect(url_for("people.sign_in", next=wanted))
        first = detour(g.actor)
        if first:
            return redirect(first)
        allowed = getattr(app.view_functions[endpoint], "allowed", None)
        if allowed is None or (allowed and not g.actor.has_any(*allowed)):
            raise NotAllowed
        return None


def current_actor() -> Actor:
    """The signed-in person; only on guarded routes."""
    return cast(Actor, g.actor)


def actor_or_none() -> Actor | None:
    """The signed-in person where the guard has looked, else nobody."""
    return cast("Actor | None", g.get("actor"))


def safe_next(target: str | None, fallback: str) -> str:
    """`target` when it is a path on this site, else `fallback`."""
    if not target or not target.isprintable() or not target.startswith("/") or target.startswith(("//", "/\\")):
        return fallback
    parts = urlsplit(target)
    return fallback if parts.scheme or parts.netloc or "\\" in target else target
