"""Everything that waits for one person, gathered from all rooms."""

from collections.abc import Iterator
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from dialogue.answering.queries import unread_concerns
from dialogue.decisions.models import Answered, Decision, Proposal
from dialogue.desk.queries import drafts, unread_by_wave
from dialogue.desk.rules import Task, worst_first
from dialogue.duties.models import Duty
from dialogue.duties.queries import open_duties
from dialogue.duties.rules import FOLLOW_UPS, SOON
from dialogue.duties.words import door_of, step_of
from dialogue.feedback.models import Message
from dialogue.shared.actor import Actor, Role
from dialogue.shared.clock import next_working_day, today
from dialogue.shared.database import db
from dialogue.signals.models import Signal
from dialogue.web.i18n import in_language

TELL_WITHIN = timedelta(days=10)  # after a decision (field.md, four Fs: fast)


def tasks_for(actor: Actor) -> list[Task]:
    """What waits for this person, worst first."""
    gathered = [*_duties(actor), *_proposals(actor), *_untold(actor), *_reading(actor)]
    if actor.has(Role.MAKER):
        gathered += _drafts(actor)
    return worst_first(gathered)


def _duties(actor: Actor) -> Iterator[Task]:
    departments = None if actor.sees_all else actor.departments
    for duty in open_duties(actor.municipality_id, departments):
        if duty.due <= today() + SOON:
            task = _of_duty(actor, duty)
            if task:
                yield task
    if actor.has(Role.SAFEGUARDING):
        for concern in unread_concerns(actor):
            due = next_working_day(concern.first_seen or today())
            title, about = _("Een kind vraagt misschien hulp"), _("Lees een zorg van een kind")
            yield Task("said", title, about, _("Lees"), "answering.concerns", due=due)


def _of_duty(actor: Actor, duty: Duty) -> Task | None:
    words = {
        "feedback": (_("Terugkoppelen aan kinderen"), _("Schrijf")),
        "decision": (_("Een antwoord voorstellen"), _("Stel voor")),
        "part": (_("Jullie deel van een antwoord schrijven"), _("Schrijf")),
        "measure": (_("Maatregel uitvoeren"), _("Werk bij")),
        "review": (_("De meeste kinderen zeiden nee"), _("Kijk opnieuw")),
        **dict.fromkeys(FOLLOW_UPS, (_("Opnieuw vertellen hoe het staat"), _("Schrijf"))),
    }
    endpoint, values = door_of(duty)
    of_another = duty.kind == "measure" and not (duty.owner_id == actor.staff_id or actor.sees_all)
    if duty.kind not in words or of_another or (duty.kind == "decision" and _proposed(values["signal_id"])):
        return None
    title, verb = words[duty.kind]
    return Task(step_of(duty.kind), title, duty.subject, verb, endpoint, values, duty.due)


def _proposed(signal_id: int) -> bool:
    chosen = select(Proposal.id).where(Proposal.signal_id == signal_id, Proposal.withdrawn_at.is_(None))
    return db.session.scalar(chosen.limit(1)) is not None


def _proposals(actor: Actor) -> Iterator[Task]:
    """Proposals on signals without a decision, for those who record decisions."""
    decided = select(Answered.signal_id)
    chosen = (
        select(Proposal)
        .join(Signal, Signal.id == Proposal.signal_id)
        .where(Signal.municipality_id == actor.municipality_id, Proposal.withdrawn_at.is_(None))
        .where(Signal.id.not_in(decided))
        .options(joinedload(Proposal.signal), joinedload(Proposal.department))
    )
    for proposal in db.session.scalars(chosen):
        if actor.sees_all or actor.has(Role.DECIDER, proposal.signal.department_id):
            about = f"“{in_language(proposal.signal.titles)}” · {proposal.department.name}"
            values = {"signal_id": proposal.signal_id}
            yield Task(
                "decided", _("Een beslissing vastleggen"), about, _("Beslis"), "decisions.signal", values, today()
            )


def _untold(actor: Actor) -> Iterator[Task]:
    """Decisions that children were not told yet."""
    told = select(Message.decision_id).where(Message.published_at.is_not(None))
    corrected = select(Decision.corrects_id).where(Decision.corrects_id.is_not(None))
    chosen = select(Decision).where(
        Decision.municipality_id == actor.municipality_id, Decision.id.not_in(told), Decision.id.not_in(corrected)
    )
    for decision in db.session.scalars(chosen):
        if actor.sees_all or actor.has_any(Role.MAKER, Role.READER, department_id=decision.department_id):
            due = decision.decided_on + TELL_WITHIN
            yield Task("told", _("Vertellen wat beslist is"), decision.what, _("Schrijf"), "feedback.index", due=due)


def _reading(actor: Actor) -> Iterator[Task]:
    for wave, count in unread_by_wave(actor):
        title = ngettext("1 antwoord lezen", "%(num)s antwoorden lezen", count)
        values = {"wave_id": wave.id}
        yield Task("heard", title, in_language(wave.consultation.titles), _("Lees"), "signals.read", values, today())


def _drafts(actor: Actor) -> Iterator[Task]:
    for wave in drafts(actor):
        title = in_language(wave.consultation.titles)
        values = {"consultation_id": wave.consultation_id}
        yield Task("asked", _("Bevraging klaarmaken"), title, _("Kijk na"), "consultations.show", values, wave.opens_on)
