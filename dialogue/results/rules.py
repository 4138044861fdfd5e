"""Which letters are opened now, and in which lots: never so that one child can be seen to move a figure."""

import hmac
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from random import Random
from statistics import median
from typing import Any

from dialogue.consultations.models import Channel
from dialogue.results.grouping import merge_up, whole_groups

LEFT_IN_BOX = 10  # of each band while a round is open, so that the last opening is of ten too
RANDOM_MORE = 10  # a group opens from smallest group + 0 … 9, so that who sends nine letters cannot know the tenth
LOT = 250  # letters: with more, children who send at that moment wait too long for the lock
DAYS_OF_WAITING = 14
MANY = 200  # answers of one place in a round, from where somebody is asked whether that can be
TIMES_THE_OTHERS = 3
MORE_THAN_A_SCHOOL = 2_000  # answers of one place in a round that are always looked at, also where there is no other
SAID_TAG = re.compile(r"([\w-]{22}==)?", re.ASCII)  # 16 bytes in base64url, or none

Group = tuple[str, int]  # band, place (0: the whole municipality)
Tags = Mapping[int, Sequence[bytes]]  # place → the letters that wait there, of one band


def fits(body: Any, bands: Mapping[int, str]) -> bool:
    """Whether a letter belongs to the round with these questionnaires; else it stays in the box and stops nobody."""
    match body:
        case {
            "instrument": int(instrument),
            "band": str(band),
            "place": int(),
            "channel": str(channel),
            "answers": dict(answers),
            "words": list(words),
        }:
            known = bands.get(instrument) == band and channel in list(Channel)
            return known and all(isinstance(value, str) for value in answers.values()) and all(map(_is_said, words))
    return False


def _is_said(said: Any) -> bool:
    match said:
        case {"item": str(), "text": str(), "tag": str(tag)}:
            return bool(SAID_TAG.fullmatch(tag))
    return False


def threshold(pepper: bytes, wave_id: int, group: Group, opened: int, smallest_group: int) -> int:
    """From how many letters this group opens: random, but the same at every look until it has opened."""
    band, place = group
    digest = hmac.digest(pepper, f"threshold|{wave_id}|{place}|{band}|{opened}".encode(), "sha256")
    return smallest_group + int.from_bytes(digest[:8]) % RANDOM_MORE


def opens_now(
    waiting: Tags, tree: Mapping[int, int], needed: Callable[[int], int], waited: Collection[int], random: Random
) -> dict[int, list[bytes]]:
    """What an open round lets out of one band: per place where it will count, letters drawn at random.

    Groups with enough open, as far as ten letters stay; letters of places that `waited` go first, with their parent's.
    """
    sizes = {place: {"": len(tags)} for place, tags in waiting.items()}
    groups = merge_up(
        sizes,
        tree,
        enough=lambda place, size: size[""] >= needed(place),
        climbs=lambda place: place not in waiting or place in waited,
    )
    free = sum(len(tags) for tags in waiting.values()) - LEFT_IN_BOX
    opening = {}
    for place in random.sample(sorted(groups), len(groups)):
        tags = _mixed(waiting, [member for member in groups[place] if member != place], random)
        tags += _mixed(waiting, {place} & waiting.keys(), random)  # after those that waited
        taken = min(len(tags), free)
        if taken >= needed(place):
            opening[place] = tags[:taken]
            free -= taken
    return opening


def _mixed(waiting: Tags, places: Iterable[int], random: Random) -> list[bytes]:
    tags = [tag for place in places for tag in waiting[place]]
    return random.sample(tags, len(tags))


def opens_at_closing(waiting: Tags, tree: Mapping[int, int], smallest_group: int) -> dict[int, list[bytes]]:
    """Everything that is left of one band: small groups count with their parent, if need be with the municipality."""
    sizes = {place: {"": len(tags)} for place, tags in waiting.items() if tags}
    groups = whole_groups(sizes, tree, smallest_group)
    return {place: [tag for member in members for tag in waiting[member]] for place, members in groups.items()}


def goes_now(asked: int, there: int, needed: int, least: int) -> bool:
    """Whether those of a group who asked to be gone go now: enough of them, leaving a whole group; or all there are.

    A few who stay behind alone could be told from what is shown before and after.
    """
    return 0 < asked == there or needed <= asked <= there - least


def lots(opening: Mapping[Group, Sequence[bytes]], random: Random) -> list[dict[Group, list[bytes]]]:
    """What is opened, as lots of at most 250 letters: a group stays together, or is cut into even parts."""
    parts: list[tuple[Group, list[bytes]]] = []
    for group, tags in opening.items():
        mixed = random.sample(tags, len(tags))
        count = -(-len(mixed) // LOT)
        parts += [(group, mixed[number::count]) for number in range(count)]
    found: list[dict[Group, list[bytes]]] = []
    for group, tags in random.sample(parts, len(parts)):
        if not found or group in found[-1] or sum(map(len, found[-1].values())) + len(tags) > LOT:
            found.append({})
        found[-1][group] = tags
    return found


def implausible(counts: Mapping[int, int]) -> list[int]:
    """Places with more answers than can be, or very many next to the others of a round. Nothing is dropped.

    Somebody may be filling the box, or the code of a school may hang where it should not. On which day answers came is
    not known, and is not to be known: so it is the round that is looked at, from the first lot on.

    `counts` are opened answers per place; 0, the whole municipality, is no place.
    """
    places = {place: count for place, count in counts.items() if place}
    usual = {place: [other for at, other in places.items() if at != place] for place in places}
    return [
        place
        for place, count in places.items()
        if count > MORE_THAN_A_SCHOOL
        or (count > MANY and usual[place] and count > TIMES_THE_OTHERS * median(usual[place]))
    ]
