"""What is recorded of a question is what children hear: frozen with it, and never with other words."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from dialogue.consultations import always_open, editing, round_services, services, sounds
from dialogue.consultations.models import Channel, Consultation, InstrumentSound, State, Version, VersionSound
from dialogue.consultations.queries import current_instrument, current_instruments
from dialogue.consultations.rules import why_not_open, why_not_renew
from dialogue.consultations.sound_queries import heard_sound
from dialogue.consultations.sound_rules import advice, lines, stale
from dialogue.ledger.models import Entry
from dialogue.shared.bands import Band
from dialogue.shared.canonical import sha256_hex
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from dialogue.shared.errors import NotFound, Refused
from dialogue.shared.models import StoredFile
from tests.builders import Cast, a_choice, a_consultation, actor_of, change, own_words
from tests.consultations.recording import record, version_of
from tests.items import a_grade, several_choices
from tests.web.sounds import a_wav

ALL = ["q1/question", "q1/a", "q1/b", "q1/c", "q1/d", "q2/question", "unsure"]


@pytest.fixture
def consultation(cast: Cast) -> Consultation:
    return a_consultation(cast.mobility, state=State.DRAFT)


def save(cast: Cast, consultation: Consultation, **typed: str) -> None:
    """Change the first question as its maker does; names of fields with a double underscore for a dot."""
    version = version_of(consultation)
    words = version.items[0]["words"]
    form = {f"{code}.question": own["question"] for code, own in words.items()}
    form |= {f"{code}.option.{name}": label for code, own in words.items() for name, label in own["options"].items()}
    with writing():
        editing.save_item(
            actor_of(cast.ada),
            version_of(consultation),
            "q1",
            form | {k.replace("__", "."): v for k, v in typed.items()},
        )


def opened(cast: Cast, consultation: Consultation) -> None:
    with writing():
        round_services.open_wave(actor_of(cast.ada), consultation.waves[-1])


def files() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(StoredFile)) or 0


def test_every_text_that_a_child_hears_has_a_line_in_the_order_of_the_page(consultation: Consultation) -> None:
    version = version_of(consultation)
    assert [line.name for line in lines(version, "nl")] == ALL
    assert [line.text for line in lines(version, "en")][1] == "Very unsafe"
    assert {line.name: line.text for line in lines(version, "nl")}["unsure"] == "Weet ik niet"


def test_help_is_heard_where_there_is_some_and_what_is_retired_or_a_number_is_not(cast: Cast) -> None:
    choice, several = a_choice(), several_choices("q2")
    choice["words"]["nl"]["help"] = "Denk aan gisteren."
    choice["config"]["options"][3]["retired"] = True
    draft = a_consultation(cast.mobility, state=State.DRAFT, items=[choice, several, a_grade("q3")])
    names = [line.name for line in lines(version_of(draft), "nl")]
    assert names[:5] == ["q1/question", "q1/help", "q1/a", "q1/b", "q1/c"]
    assert names[5:] == ["q2/question", *(f"q2/{code}" for code in "abcde"), "q3/question", "unsure"]


@pytest.mark.parametrize(("band", "channel"), [("C", Channel.SELF), ("D", Channel.SELF), ("B", Channel.INTERVIEW)])
def test_only_children_who_are_read_to_hear_a_recording(cast: Cast, band: str, channel: Channel) -> None:
    draft = a_consultation(cast.mobility, state=State.DRAFT, bands=band, channel=channel)
    assert lines(version_of(draft, band), "nl") == []


def test_only_own_words_need_no_way_not_to_know(cast: Cast) -> None:
    draft = a_consultation(cast.mobility, state=State.DRAFT, items=[own_words()])
    assert [line.name for line in lines(version_of(draft), "nl")] == ["q2/question"]


def test_what_is_recorded_is_frozen_with_the_questionnaire_and_changes_its_hash(
    cast: Cast, consultation: Consultation
) -> None:
    silent = sha256_hex({"band": "B", "languages": ["nl", "en"], "items": version_of(consultation).items})
    [said] = record(cast.ada, consultation, "q1/a")
    opened(cast, consultation)
    instrument = current_instruments(consultation.waves[0])[0]
    stored = heard_sound(instrument, "nl", "q1/a")
    assert stored.content == said
    assert instrument.document["sounds"] == {"nl": {"q1/a": stored.sha256}}
    assert instrument.sha256 == sha256_hex(instrument.document) != silent
    for language, name in (("nl", "q1/b"), ("en", "q1/a"), ("nl", ""), ("xx", "q1/a")):
        with pytest.raises(NotFound):
            heard_sound(instrument, language, name)


def test_without_recordings_a_questionnaire_is_what_it_always_was(cast: Cast, consultation: Consultation) -> None:
    opened(cast, consultation)
    assert current_instruments(consultation.waves[0])[0].document.keys() == {"band", "languages", "items"}


def test_another_recording_is_another_questionnaire_and_the_older_one_keeps_its_own(
    cast: Cast, consultation: Consultation
) -> None:
    [first] = record(cast.ada, consultation, "q1/question")
    opened(cast, consultation)
    wave = consultation.waves[0]
    older = current_instruments(wave)[0]
    assert why_not_renew(consultation, wave, [older])
    [second] = record(cast.ada, consultation, "q1/question", sound=a_wav(0.5))
    assert heard_sound(older, "nl", "q1/question").content == first  # what was approved
    with writing():
        round_services.renew(actor_of(cast.ada), wave)
    newer = current_instrument(wave, Band.B)
    assert newer
    assert heard_sound(newer, "nl", "q1/question").content == second
    assert heard_sound(older, "nl", "q1/question").content == first
    with writing():
        sounds.take_away(actor_of(cast.ada), version_of(consultation), "nl", "q1/question")
    assert heard_sound(newer, "nl", "q1/question").content == second
    assert files() == 2


def test_a_text_that_changed_keeps_its_recording_but_no_child_hears_it(cast: Cast, consultation: Consultation) -> None:
    record(cast.ada, consultation, "q1/question", "q1/a")
    assert why_not_open(consultation, consultation.waves[0], today()) == []
    save(cast, consultation, nl__question="Hoe veilig of onveilig is je straat?")
    assert stale(version_of(consultation)) == {"nl": 1}
    [reason] = why_not_open(consultation, consultation.waves[0], today())
    assert "1 tekst (Nederlands) is veranderd na het inspreken" in reason
    with pytest.raises(Refused, match="veranderd na het inspreken"):
        opened(cast, consultation)
    assert db.session.query(VersionSound).count() == 2


def test_somebody_can_say_that_it_still_fits_or_record_it_again(cast: Cast, consultation: Consultation) -> None:
    record(cast.ada, consultation, "q1/question")
    save(cast, consultation, nl__question="Hoe veilig of onveilig is jouw weg naar school?")
    with writing():
        version, now = version_of(consultation), "Hoe veilig of onveilig is jouw weg naar school?"
        sounds.say_it_fits(actor_of(cast.ada), version, "nl", "q1/question", now)
    assert why_not_open(consultation, consultation.waves[0], today()) == []
    save(cast, consultation, nl__question="Hoe veilig of onveilig is je straat?")
    record(cast.ada, consultation, "q1/question")
    assert why_not_open(consultation, consultation.waves[0], today()) == []
    assert files() == 1


def test_what_was_said_while_somebody_else_changed_the_text_is_refused(cast: Cast, consultation: Consultation) -> None:
    record(cast.ada, consultation, "q1/a")
    version, actor = version_of(consultation), actor_of(cast.ada)
    for verb in (sounds.say_it_fits, sounds.keep):
        more = [None] if verb is sounds.keep else []
        with pytest.raises(Refused, match="intussen veranderd"), writing():
            verb(actor, version, "nl", "q1/a", "Levensgevaarlijk", *more)  # type: ignore[operator]


def test_a_question_or_answer_that_goes_takes_its_recordings_along(cast: Cast, consultation: Consultation) -> None:
    record(cast.ada, consultation, "q1/question", "q1/a", "q2/question", "unsure")
    with writing():
        editing.remove_item(actor_of(cast.ada), version_of(consultation), "q2")
    assert files() == 3
    with writing():
        editing.remove_option(actor_of(cast.ada), version_of(consultation), "q1", {}, "a")
    assert files() == 2
    assert {sound.name for sound in version_of(consultation).sounds} == {"q1/question", "unsure"}


def test_an_age_that_goes_takes_its_recordings_along(cast: Cast) -> None:
    draft = a_consultation(cast.mobility, state=State.DRAFT, bands="AB")
    record(cast.ada, draft, "q1/a")
    with writing():
        services.set_basics(actor_of(cast.ada), draft, draft.titles, [Band.A], ["nl", "en"])
    assert (files(), db.session.query(Version).count()) == (0, 1)


def test_a_language_that_is_not_asked_any_more_is_not_heard(cast: Cast, consultation: Consultation) -> None:
    record(cast.ada, consultation, "q1/a", language="en")
    change(consultation, languages=["nl"])
    opened(cast, consultation)
    assert "sounds" not in current_instruments(consultation.waves[0])[0].document


def test_another_round_has_the_same_recordings(cast: Cast, consultation: Consultation) -> None:
    [said] = record(cast.ada, consultation, "q1/a")
    opened(cast, consultation)
    with writing():
        round_services.close_wave(actor_of(cast.ada), consultation.waves[0])
        round_services.add_round(actor_of(cast.ada), consultation)
    change(consultation.waves[1], closes_on=today(), hear_back_by=today() + timedelta(days=9))
    opened(cast, consultation)
    assert heard_sound(current_instruments(consultation.waves[1])[0], "nl", "q1/a").content == said
    assert files() == 1


def test_another_quarter_has_what_was_asked_until_now(cast: Cast, consultation: Consultation) -> None:
    [said] = record(cast.ada, consultation, "q1/a")
    opened(cast, consultation)
    with writing():
        sounds.take_away(actor_of(cast.ada), version_of(consultation), "nl", "q1/a")
    change(consultation, always_open=True)
    over = today() - timedelta(days=1)
    change(consultation.waves[0], opens_on=over, closes_on=over)
    with writing():
        following = always_open.turn_quarter(consultation.waves[0])
    assert heard_sound(current_instruments(following)[0], "nl", "q1/a").content == said


def test_some_texts_without_a_recording_are_told_and_keep_nothing_from_opening(
    cast: Cast, consultation: Consultation
) -> None:
    assert advice(consultation.versions) == []
    record(cast.ada, consultation, "q1/a")
    assert advice(consultation.versions) == ["7–11 jaar: 6 teksten (Nederlands) zijn nog niet ingesproken."]
    assert why_not_open(consultation, consultation.waves[0], today()) == []


def test_every_change_is_in_the_ledger(cast: Cast, consultation: Consultation) -> None:
    record(cast.ada, consultation, "q1/a")
    actor, version = actor_of(cast.ada), version_of(consultation)
    with writing():
        sounds.say_it_fits(actor, version, "nl", "q1/a", "Heel onveilig")
        sounds.take_away(actor, version, "nl", "q1/a")
    entries = db.session.scalars(select(Entry).where(Entry.verb.startswith("sound."))).all()
    assert [entry.verb for entry in entries] == ["sound.kept", "sound.fits", "sound.taken_away"]
    with pytest.raises(Refused, match="er niet meer"), writing():
        sounds.take_away(actor, version_of(consultation), "nl", "q1/a")


def test_what_is_frozen_cannot_be_changed_even_by_hand(cast: Cast, consultation: Consultation) -> None:
    record(cast.ada, consultation, "q1/a")
    opened(cast, consultation)
    assert db.session.query(InstrumentSound).count() == 1
    for statement in ("DELETE FROM instrument_sound", "UPDATE instrument_sound SET file_id = 0"):
        with pytest.raises(DatabaseError), writing() as session:
            session.execute(text(statement))
