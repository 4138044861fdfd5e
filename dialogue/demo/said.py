"""Made-up answers, sent through the same door as those of children."""

import random
import secrets
from collections.abc import Mapping

from dialogue.answering.queries import salt
from dialogue.answering.receipt import KEY_SIZE, RESPONSE, derive, key, said_names
from dialogue.answering.services import Sending, receive
from dialogue.consultations.models import Instrument, Wave
from dialogue.demo.reading import texts
from dialogue.demo.town import Town
from dialogue.places.models import Place

DANI = "tulp robot pannenkoek egel"  # the example's receipt
SILENT, UNSURE = 0.05, 0.05


def send(town: Town, wave: Wave, subject: str, places: Mapping[str, int], chance: random.Random) -> None:
    """Let so many children answer at each place ("" is no place), spread over the bands, with words on `subject`."""
    instruments, words = list(wave.instruments), texts("said")[subject]
    for place, count in places.items():
        place_id = town.places[place].id if place else 0
        for number in range(count):
            instrument = instruments[number % len(instruments)]
            keys = {item: secrets.token_bytes(KEY_SIZE) for item in said_names(instrument.document)}
            answers, said = _answers(instrument, words.get(instrument.band, []), chance)
            receive(Sending(instrument, place_id, secrets.token_bytes(KEY_SIZE), answers, said, keys))


def send_as_dani(wave: Wave, place: Place, said: str) -> None:
    """One child whose four words are known to everybody, to show the receipt page."""
    instrument = wave.instruments[0]
    master = derive(DANI, salt())
    names = said_names(instrument.document)
    answers = {item["key"]: "a" for item in instrument.document["items"] if item["kind"] == "one_choice"}
    keys = {item: key(master, name) for item, name in names.items()}
    receive(Sending(instrument, place.id, key(master, RESPONSE), answers, dict.fromkeys(names, said), keys))


def _answers(instrument: Instrument, words: list[str], chance: random.Random) -> tuple[dict[str, str], dict[str, str]]:
    answers, said = {}, {}
    for item in instrument.document["items"]:
        lot = chance.random()
        if item["kind"] == "own_words":
            if words and lot < 0.45:
                said[item["key"]] = chance.choice(words)
        elif lot > SILENT + UNSURE:
            codes = [option["code"] for option in item["config"]["options"]]
            weights = [2 + (3 if position in (1, 2) else 0) for position in range(len(codes))]
            answers[item["key"]] = chance.choices(codes, weights)[0]
        elif lot > SILENT:
            answers[item["key"]] = "?"
    return answers, said
