"""Files drawn in the background: asked for, drawn one by one, and kept until they are asked anew or grow old."""

import secrets
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from tempfile import TemporaryFile
from typing import IO, Any

from sqlalchemy import delete, select

from dialogue.shared.clock import CALENDAR, now, today
from dialogue.shared.database import db, writing
from dialogue.shared.errors import NotFound
from dialogue.shared.models import Bundle, BundleFile, Outbox
from dialogue.shared.outbox import enqueue


@dataclass(frozen=True)
class Standing:
    """How far the files of one object are; without a bundle nobody asked for them."""

    bundle: Bundle | None = None
    names: Sequence[str] = ()  # of the finished files
    trouble: bool = False  # the last try failed; it is tried again by itself

    @property
    def done(self) -> int:
        return len(self.names)

    @property
    def making(self) -> bool:
        return self.bundle is not None and self.bundle.made_at is None

    @property
    def ready(self) -> bool:
        return self.bundle is not None and self.bundle.made_at is not None

    def has(self, ending: str) -> bool:
        """Whether there is a file that ends so."""
        return any(name.endswith(ending) for name in self.names)


def standing(kind: str, object_: str) -> Standing:
    """How far the files of `kind` for this object are."""
    bundle = db.session.scalar(select(Bundle).where(Bundle.kind == kind, Bundle.object == object_))
    if bundle is None:
        return Standing()
    failed = select(Outbox.payload).where(Outbox.kind == kind, Outbox.done.is_(None), Outbox.trouble.is_not(None))
    return Standing(bundle, names(bundle), _payload(bundle.key) in db.session.scalars(failed).all())


def ask(kind: str, object_: str, wish: Mapping[str, Any], *, days: int | None = None) -> bool:
    """Have these files drawn, in place of the older ones; False when just that is being done already.

    Call inside `with writing():`. They are kept `days` days, or until they are asked for again.
    """
    before = standing(kind, object_)
    if before.bundle:
        if before.making and not before.trouble and before.bundle.wish == wish:
            return False
        _forget(before.bundle.key)
    key = secrets.token_hex(16)
    until = today() + timedelta(days=days) if days else None
    db.session.add(Bundle(key=key, kind=kind, object=object_, wish=dict(wish), asked_at=now(), keep_until=until))
    enqueue(kind, _payload(key))
    return True


def asked(payload: Mapping[str, Any]) -> Bundle | None:
    """The bundle of this work of the outbox; None when it was asked anew, forgotten or finished since."""
    bundle = db.session.get(Bundle, payload.get("bundle", ""))
    return bundle if bundle and bundle.made_at is None else None


def draw(key: str, files: Mapping[str, Callable[[], bytes]]) -> None:
    """Draw what is missing of these files, each kept in a transaction of its own; stops when it was asked anew.

    After a restart it goes on where it was.
    """
    with writing():
        _expect(key, files)
    there = set(db.session.scalars(select(BundleFile.name).where(BundleFile.bundle_key == key)))
    for name, make in files.items():
        if name in there:
            continue
        content = make()
        with writing() as session:
            if session.get(Bundle, key) is None:
                return
            session.add(BundleFile(bundle_key=key, name=name, content=content))
    with writing():
        _finish(key)


def keep(key: str, files: Mapping[str, bytes]) -> bool:
    """Keep files that only make sense together, all at once; False when it was asked anew.

    Call inside `with writing():`.
    """
    _expect(key, files)
    db.session.add_all(BundleFile(bundle_key=key, name=name, content=content) for name, content in files.items())
    return _finish(key)


def names(bundle: Bundle) -> list[str]:
    """The names of the finished files, in their order."""
    chosen = select(BundleFile.name).where(BundleFile.bundle_key == bundle.key)
    return list(db.session.scalars(chosen.order_by(BundleFile.name)))


def content(bundle: Bundle, name: str) -> bytes:
    """One finished file; raises NotFound."""
    file = db.session.get(BundleFile, (bundle.key, name))
    if file is None:
        raise NotFound
    return file.content


def zipped(bundle: Bundle) -> IO[bytes]:
    """All files in one ZIP, in a temporary file that is gone once it is closed; raises NotFound before it is ready."""
    if bundle.made_at is None:
        raise NotFound
    file = TemporaryFile()  # noqa: SIM115 - whoever hands it out closes it
    with zipfile.ZipFile(file, "w") as archive:
        for name in names(bundle):
            entry = zipfile.ZipInfo(name, bundle.made_at.astimezone(CALENDAR).timetuple()[:6])
            entry.external_attr = 0o644 << 16  # everybody who unpacks it may read it
            archive.writestr(entry, content(bundle, name))
    file.seek(0)
    return file


def forget_old() -> None:
    """Remove the files that were kept long enough."""
    for key in db.session.scalars(select(Bundle.key).where(Bundle.keep_until < today())).all():
        with writing():
            _forget(key)


def _payload(key: str) -> dict[str, Any]:
    return {"bundle": key}


def _expect(key: str, files: Mapping[str, Any]) -> None:
    """Say how many files there will be, and drop what was drawn under a name that is none of theirs."""
    bundle = db.session.get(Bundle, key)
    if bundle:
        bundle.of = len(files)
        db.session.execute(delete(BundleFile).where(BundleFile.bundle_key == key, BundleFile.name.not_in(list(files))))


def _finish(key: str) -> bool:
    bundle = db.session.get(Bundle, key)
    if bundle:
        bundle.made_at = now()
    return bundle is not None


def _forget(key: str) -> None:
    db.session.execute(delete(BundleFile).where(BundleFile.bundle_key == key))
    db.session.execute(delete(Bundle).where(Bundle.key == key))
