"""A running installation and a real browser: `live.url`, `live.app`, `live.browser_page(390, 844)`."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from werkzeug.serving import make_server

from dialogue import create_app
from dialogue.shared.database import db
from dialogue.shared.settings import Settings
from tests.chromium import CHROMIUM
from tests.conftest import settings_in

PLAIN_HOST = "dialoog.test"  # leads to this machine, but is no secure context
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP {PLAIN_HOST} 127.0.0.1",
]


class Live:
    """An application that serves on a port of its own, and pages of a browser that look at it."""

    def __init__(self, app: Flask, url: str, browser: Browser) -> None:
        self.app, self.url = app, url
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self.troubles: list[str] = []  # errors of scripts, and what the policy refused

    @property
    def plain_url(self) -> str:
        """The same by a name that is not local: http without a secure context, as on a school's network."""
        return self.url.replace("127.0.0.1", PLAIN_HOST)

    def browser_page(self, width: int = 390, height: int = 844, *, js: bool = True, locale: str = "nl-BE") -> Page:
        """A page in a fresh browser context of this size."""
        context = self._browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=js, locale=locale, reduced_motion="reduce"
        )
        self._contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", self._heard)
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.troubles.append(message.text)

    def close(self) -> None:
        for context in self._contexts:
            for page in context.pages:
                page.unroute_all(behavior="ignoreErrors")
            context.close()


@pytest.fixture(scope="session")
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def settings(instance: Path, port: int) -> Settings:
    """As everywhere, but with its true public address."""
    return settings_in(instance, f"http://127.0.0.1:{port}")


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """As everywhere, but with CSRF tokens."""
    app = create_app(settings)
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False)
    app.config["TRUSTED_HOSTS"].append(PLAIN_HOST)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def live(app: Flask, port: int, _browser: Browser) -> Iterator[Live]:
    """The application, served; at the end no script may have failed and no policy been broken."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    live = Live(app, f"http://127.0.0.1:{port}", _browser)
    yield live
    live.close()
    server.shutdown()
    thread.join()
    assert live.troubles == []
