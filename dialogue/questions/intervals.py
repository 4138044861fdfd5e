"""How sure a share is: the interval of Wilson (1927), which also behaves for few answers and near 0 or 1."""

from dataclasses import dataclass
from math import sqrt

Z = 1.959964  # 95 %


@dataclass(frozen=True)
class Share:
    """A share between 0 and 1, with the bounds of its 95 % interval."""

    share: float
    low: float
    high: float


def wilson(successes: int, total: int) -> Share | None:
    """The share of `successes` in `total`; None when nobody answered.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927) 209-212.
    """
    if not total:
        return None
    share = successes / total
    centre = share + Z**2 / (2 * total)
    spread = Z * sqrt(share * (1 - share) / total + Z**2 / (4 * total**2))
    scale = 1 + Z**2 / total
    return Share(share, max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale))
