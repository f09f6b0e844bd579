"""Final hearings that stand in the list, read off the chronologies of many cases at once."""

from cases.models import Case, Event
from protocol.happenings import PLACE_IN_THE_DAY, Happening
from reports.measures.periods import AHEAD

LISTED = (Happening.HEARING_LISTED, Happening.HEARING_MOVED)
SAID = (*LISTED, Happening.HEARING_VACATED, Happening.HEARING_HELD)


def finals_by(user, today):
    """The cases with a final hearing listed for within four weeks, or for a day that is past, and not held.

    A case may list several, told apart by their `ref`; what was said last of each counts.
    """
    said = Event.objects.standing().filter(
        case__in=Case.objects.visible_to(user).order_by().values("pk"),
        happening__in=SAID,
        details__hearing="final",
    )
    last = {}
    read = said.values_list("case", "happening", "on", "pk", "details")
    for case, happening, on, pk, details in read:
        place = (on, PLACE_IN_THE_DAY[Happening(happening)], pk)
        which = (case, details.get("ref") or "")
        if which not in last or place > last[which][0]:
            last[which] = (place, happening, details.get("date", ""))
    limit = (today + AHEAD).isoformat()
    return {
        case for (case, _), (_, happening, day) in last.items() if happening in LISTED and "" < day <= limit
    }
