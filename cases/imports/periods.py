"""Episodes into periods of care.

A period begins at a child's first episode, at RNE = S, or after a gap; it ends at the DEC of its last episode
whose REC is not X1. Legal changes and moves inside a period never restart the review clock.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from cases.imports import codes
from cases.imports.rows import Episode
from cases.imports.values import in_words

DAY = timedelta(days=1)


@dataclass
class Period:
    episodes: list[Episode] = field(default_factory=list)
    ended: date | None = None
    # The return gives no end that the next beginning would not contradict.
    is_ended_by_next: bool = False

    @property
    def began(self):
        return self.episodes[0].began

    @property
    def starts_afresh(self):
        return self.episodes[0].reason == codes.START


def periods_of(child, findings):
    """The periods of care of a child in a return, in order."""
    periods = []
    for episode in child.episodes:
        last = periods[-1].episodes[-1] if periods else None
        if last is None:
            periods.append(Period([episode]))
        elif _begins_afresh(episode, last):
            _end(periods[-1], last, episode, findings)
            periods.append(Period([episode]))
        else:
            _check_joint(last, episode, findings)
            periods[-1].episodes.append(episode)
    if periods:
        _end(periods[-1], periods[-1].episodes[-1], None, findings)
        _say_what_is_odd(periods, findings)
    return periods


def _begins_afresh(episode, last):
    if episode.reason == codes.START:
        return True
    if last.ended is None or episode.began < last.ended:
        return False
    return not last.goes_on or episode.began > last.ended + DAY


def _end(period, last, following, findings):
    """When the period ended. The next one's beginning ends it at the latest, the day before."""
    by_return = last.ended if last.ended and (following or not last.goes_on) else None
    if following is None:
        if last.ended and last.goes_on:
            findings.add(
                "continues_nowhere",
                last.row,
                f"Nothing follows the episode that ended {in_words(last.ended)}.",
            )
        period.ended = by_return
        return
    day_before = following.began - DAY
    period.ended = min(by_return or day_before, day_before)
    if last.goes_on or last.ended is None or last.ended > following.began:
        period.is_ended_by_next = True
        sentence = f"A period begins on {in_words(following.began)}; the one before was ended on {in_words(period.ended)}."
        findings.add("start_without_end", following.row, sentence)
    elif last.ended == following.began:
        sentence = f"One period ended and another began on {in_words(following.began)}: the first was ended the day before."
        findings.add("ended_on_starting_day", following.row, sentence)


def _check_joint(last, episode, findings):
    """Inside a period one episode should hand over to the next."""
    if last.ended is None:
        sentence = f"The episode from {in_words(last.began)} has no DEC, and one from {in_words(episode.began)} follows."
        findings.add("open_episode_followed", episode.row, sentence)
    elif episode.began < last.ended:
        sentence = f"It begins {in_words(episode.began)}, before the one from {in_words(last.began)} ended."
        findings.add("overlapping_episodes", episode.row, sentence)


def _say_what_is_odd(periods, findings):
    for period in periods:
        if all(episode.legal_status in codes.SHORT_BREAKS for episode in period.episodes):
            sentence = f"The period from {in_words(period.began)} is of short breaks only."
            findings.add("short_breaks", period.episodes[0].row, sentence)
        _check_legal_changes(period, findings)


def _check_legal_changes(period, findings):
    for last, episode in zip(period.episodes, period.episodes[1:], strict=False):
        if episode.reason in codes.LEGAL_CHANGE and episode.legal_status == last.legal_status:
            sentence = f"RNE {episode.reason} on {in_words(episode.began)}, and LS is {episode.legal_status} before and after."
            findings.add("same_legal_status", episode.row, sentence)
