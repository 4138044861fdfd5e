"""What a poster of this consultation says: what it is, how long, no names, who reads it, by when children hear back."""

from urllib.parse import urlsplit

from flask_babel import force_locale, gettext, ngettext

from dialogue.consultations.models import Consultation, Wave
from dialogue.consultations.queries import town
from dialogue.consultations.words import who_decides
from dialogue.places.models import Place
from dialogue.places.poster import PosterText
from dialogue.places.qr import qr_address
from dialogue.questions.checking import minutes
from dialogue.web.i18n import day, in_language, left_to_right

COLOURS = ("sun", "plain")


def poster_text(
    consultation: Consultation, wave: Wave, place: Place, address: str, language: str, colour: str
) -> PosterText:
    """The words of the poster for `place`, in `language`; `address` is what its QR code opens."""
    with force_locale(language):
        asking = town(consultation)
        longest = max((minutes(version.items, version.band) for version in consultation.versions), default=1)
        readable = urlsplit(address).netloc + urlsplit(address).path
        return PosterText(
            language=language,
            town=asking.name,
            listens=gettext("%(town)s luistert", town=asking.name),
            place=place.name,
            title=in_language(consultation.titles, language),
            scan=gettext("Scan en zeg wat jij vindt."),
            facts=gettext(
                "%(minutes)s · geen naam · je mag altijd stoppen",
                minutes=ngettext("1 minuut", "%(num)s minuten", longest),
            ),
            no_phone=gettext("Geen gsm? Vraag de tablet of ga naar"),
            address=readable,
            link=qr_address(address),
            qr_alt=gettext("QR-code naar %(address)s", address=readable),
            promise=_promise(consultation, wave),
            help=gettext(
                "Zit je ergens mee? %(name)s: bel gratis %(number)s.",
                name=asking.help_name,
                number=left_to_right(asking.help_number),
            ),
            example=gettext("Voorbeeld: deze gemeente bestaat niet.") if asking.is_example else "",
            colour=colour if colour in COLOURS else COLOURS[0],
        )


def _promise(consultation: Consultation, wave: Wave) -> str:
    sentences = [gettext("We lezen alles.")]
    if consultation.decided_by:
        sentences.append(gettext("%(who)s beslist mee.", who=who_decides(consultation)))
    if wave.hear_back_by:
        heard = gettext(
            "Ten laatste op %(day)s hoor je wat er beslist is: scan dan opnieuw.", day=day(wave.hear_back_by)
        )
        sentences.append(heard)
    return " ".join(sentences)
