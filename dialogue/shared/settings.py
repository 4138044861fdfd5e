"""Settings come from the environment, are checked as a whole, and fail loudly. docs/installing.md lists them all."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from dialogue.shared.errors import refuse_to_start
from dialogue.shared.mail_server import MailServer, why_not_server
from dialogue.shared.sqlite import why_not_sqlite

# name -> what it is for; a test holds docs/installing.md against this list
NAMES = {
    "DIALOGUE_MODE": "local or production",
    "DIALOGUE_INSTANCE": "folder of the database and, in local mode, the keys",
    "DATABASE_URL": "address of a PostgreSQL database (without it: SQLite in the instance folder)",
    "DIALOGUE_KEYS": "folder of the keys (production: outside the instance folder)",
    "DIALOGUE_PUBLIC_URL": "public address, used in QR codes, posters and links",
    "DIALOGUE_PROXIES": "how many proxies of ours stand before the web server",
    "DIALOGUE_METRICS_PORT": "port on which the jobs tell Prometheus how it goes",
    "DIALOGUE_SMTP_URL": "mail server for reminders (without it: no mail)",
    "DIALOGUE_MAIL_FROM": "e-mail address that reminders come from",
    "REDIS_URL": "the Redis in which several hosts share their limits",
    "HOST": "address the server listens on",
    "PORT": "port the server listens on",
    "DEMO": "1 to start `make run` with the example municipality, 0 to start empty",
}


@dataclass(frozen=True)
class Settings:
    """All settings of one installation."""

    mode: str
    instance: Path
    keys: Path
    public_url: str
    debug: bool = False
    proxies: int = 0
    metrics_port: int = 0
    redis_url: str = ""
    database_url: str = field(default="", repr=False)  # may hold a password; "": SQLite in the instance folder
    smtp_url: str = field(default="", repr=False)  # may hold a password; "": no mail
    mail_from: str = ""

    @property
    def production(self) -> bool:
        return self.mode == "production"

    @property
    def https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def database(self) -> Path:
        return self.instance / "dialogue.db"

    @property
    def lock(self) -> Path:
        return self.instance / "dialogue.lock"

    @property
    def address_file(self) -> Path:
        """Holds the public address of the last `flask setup`."""
        return self.instance / "address"

    @property
    def mail_server(self) -> MailServer | None:
        """Where mail is handed over; None when no mail is sent."""
        return MailServer(self.smtp_url, self.mail_from) if self.smtp_url else None

    @property
    def public_host(self) -> str:
        return urlsplit(self.public_url).netloc


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings named in NAMES; raises SettingsError with every complaint at once."""
    mode = environ.get("DIALOGUE_MODE", "local")
    instance = Path(environ.get("DIALOGUE_INSTANCE") or _local_folder(environ)).resolve()
    keys = Path(environ.get("DIALOGUE_KEYS", str(instance / "keys"))).resolve()
    public_url = environ.get("DIALOGUE_PUBLIC_URL") or _local_address(environ)
    settings = Settings(
        mode,
        instance,
        keys,
        public_url.rstrip("/"),
        debug=environ.get("FLASK_DEBUG", "0") not in ("", "0"),
        proxies=_whole(environ.get("DIALOGUE_PROXIES") or "0"),
        metrics_port=_whole(environ.get("DIALOGUE_METRICS_PORT") or "0"),
        redis_url=environ.get("REDIS_URL", ""),
        database_url=environ.get("DATABASE_URL", ""),
        smtp_url=environ.get("DIALOGUE_SMTP_URL", ""),
        mail_from=environ.get("DIALOGUE_MAIL_FROM", ""),
    )
    refuse_to_start(why_not_start(settings))
    return settings


def _local_folder(environ: Mapping[str, str]) -> str:
    """The example municipality stands apart from real data."""
    return "instance/own" if environ.get("DEMO", "1") == "0" else "instance/example"


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else -1


def _local_address(environ: Mapping[str, str]) -> str:
    host = environ.get("HOST", "127.0.0.1")
    return f"http://{own_address() if host == '0.0.0.0' else host}:{environ.get('PORT', '5000')}"  # noqa: S104


def own_address() -> str:
    """This machine's address in its own network, so that a phone can open what a QR code says."""
    import socket  # noqa: PLC0415

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address: nothing is sent
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def why_not_start(settings: Settings) -> list[str]:
    """Every reason why an installation with these settings would not keep its promises."""
    reasons = []
    if settings.mode not in ("local", "production"):
        reasons.append(f"DIALOGUE_MODE is {settings.mode!r}; it must be local or production.")
    parts = urlsplit(settings.public_url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path:
        reasons.append(f"DIALOGUE_PUBLIC_URL is {settings.public_url!r}; it must look like https://dialogue.example.be")
    if not 0 <= settings.proxies <= 9:
        reasons.append("DIALOGUE_PROXIES must be the number of proxies before the web server: 0, 1, 2 …")
    if not 0 <= settings.metrics_port <= 65535:
        reasons.append("DIALOGUE_METRICS_PORT must be the number of a port, for instance 9100.")
    if settings.redis_url and urlsplit(settings.redis_url).scheme not in ("redis", "rediss", "unix"):
        reasons.append(
            "REDIS_URL must begin with redis://, rediss:// or unix://, for instance redis://10.0.0.5:6379/0."
        )
    if settings.database_url and not _is_postgresql(settings.database_url):
        reasons.append("DATABASE_URL must look like postgresql://user:password@host/database.")
    if not settings.database_url:
        reasons += why_not_sqlite(settings.instance, production=settings.production)
    reasons += why_not_server(settings.smtp_url, settings.mail_from)
    if settings.production:
        reasons += _why_not_in_production(settings)
    return reasons


def _is_postgresql(url: str) -> bool:
    """Whether this is the address of a PostgreSQL database; it is never repeated, for it may hold a password."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("postgresql", "postgres") and len(parts.path) > 1 and parts.port != 0
    except ValueError:
        return False


def _why_not_in_production(settings: Settings) -> list[str]:
    reasons = []
    if settings.debug:
        reasons.append("FLASK_DEBUG is on; production never shows its inside.")
    if not settings.https:
        reasons.append("DIALOGUE_PUBLIC_URL must begin with https:// in production.")
    if settings.keys == settings.instance or settings.instance in settings.keys.parents:
        reasons.append("DIALOGUE_KEYS lies inside DIALOGUE_INSTANCE; a backup of one must never hold the other.")
    return reasons
