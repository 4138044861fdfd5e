"""Which places count together: small groups merge up the tree of places, and nobody is left alone at the top."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

WHOLE = 0  # no place: the whole municipality

Sizes = Mapping[int, Mapping[str, int]]  # place → part (a band, or all others) → how many


def merge_up(
    sizes: Sizes,
    tree: Mapping[int, int],
    enough: Callable[[int, Mapping[str, int]], bool],
    climbs: Callable[[int], bool],
) -> dict[int, list[int]]:
    """Groups of places: one without enough joins its parent's group, if it climbs, up to the whole municipality."""
    groups = {place: [place] for place in sizes}
    for place in sorted({*tree, *sizes}, key=lambda place: -depth(place, tree)):
        if place in groups and place != WHOLE and not enough(place, size_of(groups[place], sizes)) and climbs(place):
            groups.setdefault(tree.get(place, WHOLE), []).extend(groups.pop(place))
    return groups


def whole_groups(sizes: Sizes, tree: Mapping[int, int], least: int) -> dict[int, list[int]]:
    """Everybody in a group of at least `least`, without a lone remainder; one group for all if need be."""
    groups = merge_up(sizes, tree, lambda _, size: _fits(size, least), lambda _: True)
    while WHOLE in groups and len(groups) > 1 and not _fits(rest := size_of(groups[WHOLE], sizes), least):
        short = {part for part, count in rest.items() if 0 < count < least}
        others = [place for place in groups if place != WHOLE]
        helping = [place for place in others if any(size_of(groups[place], sizes).get(part) for part in short)]
        joining = min(helping or others, key=lambda place: size_of(groups[place], sizes).total())
        groups[WHOLE] += groups.pop(joining)
    return groups


def depth(place: int, tree: Mapping[int, int]) -> int:
    """How many steps a place stands below the whole municipality."""
    steps = 0
    while place != WHOLE and steps <= len(tree):
        place, steps = tree.get(place, WHOLE), steps + 1
    return steps


def size_of(places: Iterable[int], sizes: Sizes) -> Counter[str]:
    """How many these places have together, per part."""
    return sum((Counter(sizes[place]) for place in places), Counter())


def _fits(size: Mapping[str, int], least: int) -> bool:
    return all(count == 0 or count >= least for count in size.values())
