"""The three ways to look at time: a school year, a calendar year, and the years of the plan."""

from dataclasses import dataclass
from datetime import date

SCHOOL, CALENDAR, PLAN = "school", "calendar", "plan"
KINDS = (SCHOOL, CALENDAR, PLAN)
FIRST_PLAN, PLAN_YEARS = 2026, 6  # Flemish multi-annual plans: 2026–2031, …
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Period:
    """From `begins` to `ends`, both days included; `year` is the first year in its name."""

    kind: str
    year: int
    begins: date
    ends: date

    @property
    def name(self) -> str:
        """2026–2027 or 2026."""
        return str(self.year) if self.begins.year == self.ends.year else f"{self.begins.year}–{self.ends.year}"

    def holds(self, day: date | None) -> bool:
        """Whether `day` lies in this period."""
        return day is not None and self.begins <= day <= self.ends


def period(kind: str, year: int) -> Period | None:
    """The period of this kind that begins in `year`; None where there is none."""
    if not FIRST_YEAR <= year <= LAST_YEAR or kind not in KINDS:
        return None
    if kind == SCHOOL:
        return Period(kind, year, date(year, 9, 1), date(year + 1, 8, 31))
    if kind == CALENDAR:
        return Period(kind, year, date(year, 1, 1), date(year, 12, 31))
    if (year - FIRST_PLAN) % PLAN_YEARS:
        return None
    return Period(kind, year, date(year, 1, 1), date(year + PLAN_YEARS - 1, 12, 31))


def period_of(kind: str, day: date) -> Period:
    """The period of this kind that holds `day`."""
    year = day.year
    if kind == SCHOOL:
        year -= day.month < 9
    if kind == PLAN:
        year -= (year - FIRST_PLAN) % PLAN_YEARS
    found = period(kind, year)
    if found is None:
        raise ValueError(f"no {kind} period holds {day}")
    return found


def periods(kind: str, first: date, last: date) -> list[Period]:
    """The periods of this kind from the day `first` to the day `last`, the newest first."""
    years = range(period_of(kind, last).year, period_of(kind, first).year - 1, -1)
    return [found for year in years if (found := period(kind, year))]
