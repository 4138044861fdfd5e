"""A copy of the database that is whole, the keys apart, and putting a copy back (promises.md, 1)."""

import os
from pathlib import Path

from dialogue import backup_postgresql, backup_sqlite
from dialogue.shared import keys
from dialogue.shared.errors import BackupRefused
from dialogue.shared.settings import Settings
from dialogue.shared.startup import Dialogue


def back_up(settings: Settings, target: Path) -> None:
    """Write a whole copy of the database to `target`, readable by its owner only; the keys are not in it.

    It is the database of one moment, and holds up no child.
    """
    if target.resolve().parent == settings.keys:
        raise BackupRefused(f"{settings.keys} holds the keys; a copy of the database never lies beside them.")
    if target.exists():
        raise BackupRefused(f"{target} is there already; choose another name.")
    half = target.with_name(target.name + ".half")
    half.unlink(missing_ok=True)
    os.close(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    if settings.database_url:
        backup_postgresql.copy_to(settings, half)
    else:
        backup_sqlite.copy_to(settings, half)
    backup_sqlite.to_disk(half)
    half.rename(target)


def back_up_keys(settings: Settings, folder: Path) -> None:
    """Copy the keys to `folder`; whoever has them and the database could test words of receipts: keep them apart."""
    if folder.resolve().is_relative_to(settings.instance):
        raise BackupRefused(f"{settings.instance} holds the database; a copy of the keys never lies beside it.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in keys.NAMES:
        if (folder / name).exists():
            raise BackupRefused(f"{folder / name} is there already; choose another folder.")
    for name in keys.NAMES:
        descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write((settings.keys / name).read_bytes())
            file.flush()
            os.fsync(descriptor)


def put_back(dialogue: Dialogue, copy: Path, *, replace: bool) -> str:
    """Make `copy` the database; returns where the old one now is ("" when there was none).

    Raises BackupRefused, with the old one in place, when the copy is damaged, its ledger does not hold, or it belongs
    to other keys.
    """
    if dialogue.settings.database_url:
        return backup_postgresql.put_back(dialogue, copy, replace=replace)
    return backup_sqlite.put_back(dialogue, copy, replace=replace)
