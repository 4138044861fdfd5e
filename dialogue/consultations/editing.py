"""Verbs of the editor: add, change, move and remove questions and their answers. Inside `with writing():`."""

from collections.abc import Mapping

from dialogue.consultations import rules, sounds
from dialogue.consultations.models import Consultation, Version
from dialogue.consultations.recording import note, picture
from dialogue.questions import items
from dialogue.questions.bank import bank_item, scale_item
from dialogue.questions.items import Item
from dialogue.questions.kinds import KINDS
from dialogue.questions.options import with_option, with_option_moved, without_option
from dialogue.shared.actor import Actor
from dialogue.shared.bands import Band
from dialogue.shared.errors import NotFound


def version_for(consultation: Consultation, band: str) -> Version:
    """The draft questionnaire for the band with this letter; else NotFound."""
    found = rules.version(consultation, Band(band)) if band in list(Band) else None
    if found is None:
        raise NotFound
    return found


def add_item(actor: Actor, version: Version, start: str) -> Item:
    """A question at the end. `start` says with what: "kind:own_words", "scale:K4" or "bank:MOB-1"."""
    key = f"q{version.next_item}"
    item = _new_item(version, start) | {"key": key}
    item = items.in_languages(item, version.consultation.languages)
    _store(actor, version, [*version.items, item])
    version.next_item += 1
    return item


def save_item(actor: Actor, version: Version, key: str, form: Mapping[str, str]) -> Item:
    """The question as it was typed."""
    item = typed(version, key, form)
    _store(actor, version, items.changed(version.items, item))
    return item


def move_item(actor: Actor, version: Version, key: str, by: int) -> None:
    """The question `by` places further (down) or back (up)."""
    _store(actor, version, items.moved(version.items, items.find(version.items, key), by))


def remove_item(actor: Actor, version: Version, key: str) -> None:
    """The question away; its key is never used again."""
    _store(actor, version, items.without(version.items, key))


def add_option(actor: Actor, version: Version, key: str, form: Mapping[str, str]) -> None:
    """What was typed, and one more answer to choose from."""
    _store(actor, version, items.changed(version.items, with_option(_with_options(version, key, form))))


def move_option(actor: Actor, version: Version, key: str, form: Mapping[str, str], code: str) -> None:
    """What was typed, with this answer one place up."""
    _store(actor, version, items.changed(version.items, with_option_moved(_with_options(version, key, form), code, -1)))


def remove_option(actor: Actor, version: Version, key: str, form: Mapping[str, str], code: str) -> None:
    """What was typed, without this answer; its code is never used again."""
    _store(actor, version, items.changed(version.items, without_option(_with_options(version, key, form), code)))


def typed(version: Version, key: str, form: Mapping[str, str]) -> Item:
    """The question as it stands in a form, not stored."""
    item = items.find(version.items, key)
    return KINDS[item["kind"]].configure(item, form, version.consultation.languages)


def _new_item(version: Version, start: str) -> Item:
    what, _, name = start.partition(":")
    if what == "bank":
        return bank_item(name, version.band, version.consultation.municipality.country)
    if what == "scale":
        return scale_item(name)
    if what == "kind" and name in KINDS:
        config = KINDS[name].new_config(version.band)
        return {"key": "", "kind": name, "indicator": "", "picture": "", "config": config, "words": {}}
    raise NotFound


def _with_options(version: Version, key: str, form: Mapping[str, str]) -> Item:
    item = typed(version, key, form)
    if not KINDS[item["kind"]].has_own_options:
        raise NotFound
    return item


def _store(actor: Actor, version: Version, changed: list[Item]) -> None:
    before = picture(version.consultation)
    version.items = changed
    sounds.forget_gone(version)
    note(actor, "consultation.questions_changed", version.consultation, before)
