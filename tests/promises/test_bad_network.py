"""On a network that loses, doubles and lies every letter arrives once, and no phone says "saved" before it is.

`SOAK=1` (`make soak`): 10,000 letters.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from dialogue.answering.receipt import echo
from tests.promises.bad_network import FATES, bad_network
from tests.promises.phones import Answer, Letter, is_saved, send_until_saved
from tests.promises.processes import SOAK, Installation, make_installation

LETTERS = 10_000 if SOAK else 1_000
PHONES = 16


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, storage: None) -> Iterator[Installation]:
    made = make_installation(tmp_path_factory.mktemp("far") / "away", places=3)
    made.start_web()
    yield made
    made.stop()


def is_there(installation: Installation, letter: Letter) -> bool:
    """Whether this letter is in the box."""
    tag = installation.tag_of("response", letter.response_key)
    with installation.looking() as store:
        return store.execute("SELECT 1 FROM letter WHERE tag = ?", [tag]).fetchone() is not None


def lied_to(installation: Installation, letters: list[Letter], believes: Callable[[Letter, Answer], bool]) -> int:
    """Send these over a bad network; how many phones say "saved" of a letter that is not there at that moment."""
    wrongly = []

    def send(letter: Letter) -> None:
        assert send_until_saved(network.port, letter, Random(letter.master), believes)
        if not is_there(installation, letter):
            wrongly.append(letter)

    with bad_network(installation.port) as network, ThreadPoolExecutor(PHONES) as phones:
        list(phones.map(send, letters))
    assert {fate for fate in FATES if network.fates[fate]} == set(FATES), "the network was too good"
    assert not network.fates["broken"]
    return len(wrongly)


def test_every_letter_arrives_once_and_no_phone_is_lied_to(installation: Installation) -> None:
    before, random = installation.count("letter"), Random()
    letters = [installation.letter(random) for _ in range(LETTERS)]
    assert lied_to(installation, letters, is_saved) == 0
    assert installation.count("letter") == before + LETTERS
    assert all(is_there(installation, letter) for letter in letters)


def test_a_phone_that_believes_every_200_would_be_noticed(installation: Installation) -> None:
    letters = [installation.letter(Random(number)) for number in range(200)]
    assert lied_to(installation, letters, lambda _letter, answer: answer.status in (200, 201)) > 0


def test_a_phone_that_makes_a_new_receipt_for_every_try_would_be_noticed(installation: Installation) -> None:
    before, random = installation.count("letter"), Random()
    with bad_network(installation.port) as network:
        for _ in range(60):
            while not send_until_saved(network.port, installation.letter(random), random, most_tries=1):
                pass
    assert installation.count("letter") > before + 60


def test_the_echo_of_another_letter_is_not_believed(installation: Installation) -> None:
    mine, other = (installation.letter(Random(seed)) for seed in (1, 2))
    assert echo(mine.response_key) == mine.echo != other.echo
    assert not is_saved(mine, Answer(200, b'{"saved": "%s"}' % other.echo.encode()))
    assert not is_saved(mine, Answer(503, b'{"saved": "%s"}' % mine.echo.encode()))
    assert not is_saved(mine, Answer(200, b'["saved"]'))
    assert is_saved(mine, Answer(200, b'{"saved": "%s"}' % mine.echo.encode()))
