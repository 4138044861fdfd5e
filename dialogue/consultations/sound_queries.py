"""Which recording a child hears of a text of a questionnaire."""

from sqlalchemy import select

from dialogue.consultations.models import Instrument, InstrumentSound
from dialogue.shared.database import db
from dialogue.shared.errors import NotFound
from dialogue.shared.models import StoredFile


def heard_sound(instrument: Instrument, language: str, name: str) -> StoredFile:
    """The recording of this text that was frozen with the questionnaire; raises NotFound where there is none."""
    sha256 = instrument.document.get("sounds", {}).get(language, {}).get(name, "")
    found = select(StoredFile).join(InstrumentSound, InstrumentSound.file_id == StoredFile.id)
    found = found.where(InstrumentSound.instrument_id == instrument.id, StoredFile.sha256 == sha256)
    stored = db.session.scalar(found.limit(1))
    if stored is None:
        raise NotFound
    return stored
