"""Counting for the class screen, and finding letters by their tag."""

from datetime import timedelta

from flask import Flask

from dialogue.answering.queries import class_screen, count_in_tens, letter_by_tag, letters_waiting
from dialogue.answering.sending import accept_json, door_to
from dialogue.consultations.models import Consultation
from dialogue.places.models import Place
from dialogue.shared.clock import now, pinned
from tests.answering.sendings import a_body, letters, raw
from tests.builders import Cast, a_consultation, a_place, change, responses


def send(consultation: Consultation, count: int, place: Place) -> None:
    for number in range(count):
        body = a_body(consultation, master=bytes([consultation.id, place.id, number]).ljust(32))
        assert accept_json(raw(body), door_to(consultation.waves[-1], place.id))[0] == 201


def test_the_class_screen_counts_in_tens_what_waits_and_what_is_open(app: Flask, cast: Cast) -> None:
    consultation, here, there = a_consultation(cast.mobility), a_place(cast.town), a_place(cast.town, "Elders")
    responses(consultation, 12, place=here)
    send(consultation, 7, here)
    send(consultation, 3, there)
    screen = class_screen(here)
    assert (screen.place, screen.code, screen.answers) == (here.name, here.code, 10)
    assert [titles["nl"] for titles in screen.titles] == ["Naar school"]
    send(a_consultation(cast.youth), 1, here)
    wave_id = consultation.waves[-1].id
    responses(consultation, 1, place=here)
    assert count_in_tens(here.id, [wave_id]) == 10
    with pinned(now() + timedelta(seconds=6)):
        assert count_in_tens(here.id, [wave_id]) == 20
        assert count_in_tens(there.id, [wave_id]) == 0
        assert count_in_tens(there.id, []) == 0


def test_a_letter_is_found_by_its_tag_while_it_waits(cast: Cast) -> None:
    consultation = a_consultation(cast.mobility)
    send(consultation, 1, a_place(cast.town))
    (letter,) = letters()
    assert letter_by_tag(letter.tag) is letter
    assert letter_by_tag(bytes(16)) is None
    assert letters_waiting(consultation.waves[-1].id) == 1


def test_a_letter_that_cannot_be_opened_does_not_darken_the_class_screen(cast: Cast) -> None:
    consultation, place = a_consultation(cast.mobility), a_place(cast.town)
    send(consultation, 11, place)
    change(letters()[0], body=b"x" * 60)
    assert count_in_tens(place.id, [consultation.waves[-1].id]) == 10
