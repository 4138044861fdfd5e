"""Verbs of recording: keep a sound of a text, take it away, say that it still fits. Inside `with writing():`."""

from flask_babel import gettext as _
from sqlalchemy import exists, select

from dialogue.consultations.models import InstrumentSound, Version, VersionSound
from dialogue.consultations.sound_rules import Line, lines, names
from dialogue.ledger.services import record
from dialogue.shared import files
from dialogue.shared.actor import Actor
from dialogue.shared.database import db
from dialogue.shared.errors import NotFound, Refused
from dialogue.shared.files import Checked


def line_for(version: Version, language: str, name: str) -> Line:
    """The text with this name; raises NotFound."""
    for line in lines(version, language) if language in version.consultation.languages else ():
        if line.name == name:
            return line
    raise NotFound


def keep(actor: Actor, version: Version, language: str, name: str, text: str, sound: Checked) -> None:
    """Let children hear this text, which was `text` when it was read aloud, in place of an older recording."""
    line = _unchanged(version, language, name, text)
    stored = files.store(sound)
    if line.sound:
        before, line.sound.file, line.sound.text = line.sound.file_id, stored, line.text
        db.session.flush()
        _forget(before)
    else:
        version.sounds.append(VersionSound(language=language, name=name, text=line.text, file=stored))
    _record(actor, "sound.kept", version, language, name, sound.sha256)


def say_it_fits(actor: Actor, version: Version, language: str, name: str, text: str) -> None:
    """Somebody listened: the recording says what stands there, though that was changed."""
    line = _unchanged(version, language, name, text)
    if line.sound is None:
        raise Refused(_("Dit geluid is er niet meer."))
    line.sound.text = line.text
    _record(actor, "sound.fits", version, language, name, line.sound.file.sha256)


def take_away(actor: Actor, version: Version, language: str, name: str) -> None:
    """Leave this text without a recording in the next questionnaire; what is asked now stays as it is."""
    line = line_for(version, language, name)
    if line.sound is None:
        raise Refused(_("Dit geluid is er niet meer."))
    _record(actor, "sound.taken_away", version, language, name, line.sound.file.sha256)
    _remove(version, line.sound)


def forget_gone(version: Version) -> None:
    """Drop the recordings of questions and answers that are not in this version any more."""
    there = names(version)
    for sound in [sound for sound in version.sounds if sound.name not in there]:
        _remove(version, sound)


def forget_all(version: Version) -> None:
    """Drop every recording of a version that goes."""
    for sound in list(version.sounds):
        _remove(version, sound)


def _unchanged(version: Version, language: str, name: str, text: str) -> Line:
    line = line_for(version, language, name)
    if line.text != text:
        raise Refused(_("De tekst is intussen veranderd. Lees hem nog eens na."))
    return line


def _remove(version: Version, sound: VersionSound) -> None:
    version.sounds.remove(sound)
    db.session.delete(sound)
    db.session.flush()
    _forget(sound.file_id)


def _forget(file_id: int) -> None:
    """Delete a file that no questionnaire of a round has."""
    if not db.session.scalar(select(exists().where(InstrumentSound.file_id == file_id))):
        files.forget(file_id)


def _record(actor: Actor, verb: str, version: Version, language: str, name: str, sha256: str) -> None:
    db.session.flush()
    consultation = version.consultation
    after = {"band": version.band, "language": language, "text": name, "sound": sha256}
    record(actor, verb, f"consultation:{consultation.id}", department_id=consultation.department_id, after=after)
