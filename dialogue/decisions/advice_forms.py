"""Forms of advice of the youth council: as it came in, its answer, and within how many days."""

from flask_babel import lazy_gettext as _l
from wtforms import FileField, IntegerField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired

from dialogue.decisions.advice_models import Followed
from dialogue.decisions.advice_rules import followed_words
from dialogue.decisions.advice_services import Incoming, Reply
from dialogue.decisions.forms import ADDRESS, DOCUMENT
from dialogue.decisions.models import Body
from dialogue.decisions.words import body_words
from dialogue.shared.clock import today
from dialogue.shared.files import Checked
from dialogue.web.forms import REQUIRED, Form, day_field, line, options, paragraph


def _followed() -> list[SelectChoice]:
    return options((one.value, followed_words(one)) for one in Followed)


def _bodies() -> list[SelectChoice]:
    return options((body.value, body_words(body)) for body in Body)


class AdviceForm(Form):
    """What came in, and who prepares the answer."""

    title = line(_l("Waarover gaat het advies?"))
    received_on = day_field(_l("Binnengekomen op"))
    department = SelectField(_l("Welke dienst antwoordt?"), [InputRequired(REQUIRED)], coerce=int)
    text = paragraph(_l("Wat adviseert de jeugdraad?"), required=False, hint=_l("Iedereen kan dit lezen."))
    file = FileField(_l("Of het document (PDF)"), description=_l("Hoogstens 20 MB. Iedereen kan het lezen."))

    def incoming(self, document: Checked | None) -> Incoming:
        """What was typed; only after `validate`."""
        return Incoming(self.received_on.data, self.title.data, self.text.data or "", document)


class ReplyForm(Form):
    """What a body answers, and why."""

    followed = RadioField(_l("Wat is het antwoord?"), [InputRequired(_l("Kies één antwoord."))], choices=_followed)
    reason = paragraph(_l("Waarom?"), most=2000, hint=_l("Ook als het advies gevolgd wordt. Iedereen kan dit lezen."))
    body = SelectField(_l("Wie besliste?"), [InputRequired(REQUIRED)], choices=_bodies, default=Body.COLLEGE.value)
    decided_on = day_field(_l("Op welke dag?"))
    document_title = line(_l("Document"), required=False, hint=DOCUMENT)
    document_uri = line(_l("Adres van het document"), required=False, most=500, hint=ADDRESS)

    def reply(self) -> Reply:
        """What was typed; only after `validate`."""
        return Reply(
            Followed(self.followed.data),
            self.reason.data,
            Body(self.body.data),
            self.decided_on.data,
            self.document_title.data or "",
            self.document_uri.data or "",
        )

    @classmethod
    def fresh(cls) -> "ReplyForm":
        """A new answer, of today."""
        return cls(formdata=None, data={"decided_on": today(), "body": Body.COLLEGE.value})


class DaysForm(Form):
    """Within how many days a town answers."""

    days = IntegerField(_l("Dagen om te antwoorden"), [InputRequired(REQUIRED)])
