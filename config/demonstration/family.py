"""One family's story, played: every act with the verb that the screens use for it."""

from datetime import timedelta
from functools import partial

from accounts.roles import PersonRole
from cases import children, matters
from cases.actions import correct, record
from cases.appointments import appoint
from cases.models import Case, Child, Matter
from cases.models.event import LEGAL_STATUS_CHANGED
from cases.opening import open_case
from cases.specifications import specification_of
from config.demonstration import challenge, correspondence, redress
from config.demonstration.company import Company
from config.demonstration.stories import Unreadable
from protocol.fields import FieldType, TakesChild
from protocol.vocabulary import Subject

KNOWN_BEFORE = 10  # working days that a family was known to the authority before its case began
DAYS_A_YEAR = 365.25
TAKES_PART_FROM = 4
TOOK_PART = ("PN1", "PN6", "PN2", "PN5", "PN1", "PN7", "PN3", "PN4")


class Family:
    """The children of one story, the people around them and their case, while it is played."""

    def __init__(self, story, days, everybody, known, number):
        self.story, self.days, self.known, self.number = story, days, known, number
        self.company = Company(story.cast, everybody)
        self.guardian_is_there = False
        self.case_key = None
        self.events = {}
        self.outcome = "care_order"
        self.reviews_held = 0

    def diary(self):
        """Every act of the story with its day, and a word on where to look when it goes wrong."""
        for written in self.story.family:
            day = max(self.days.day(written.get("known", -KNOWN_BEFORE)), self._born(written))
            yield day, self.story.name, partial(self._add, written, day)
        yield self.days.day(0), self.story.name, self._open
        for fact in self.story.facts_by(self.days.last):
            where = f"{self.story.name}, {fact.what} on day {fact.at}"
            yield self.days.day(fact.typed_at), where, partial(self._play, fact)

    # --- The family -----------------------------------------------------------------------------------------

    def _born(self, written):
        """Its age is said as of the beginning; a child born during the story has its day."""
        if "born" in written:
            return self.days.day(written["born"])
        return self.days.start - timedelta(days=round(written["age"] * DAYS_A_YEAR))

    def _add(self, written, day):
        """The legal team adds the child; whom the child is appointed follows for siblings together."""
        name = written["name"]
        self.known[name] = children.add(
            name=name,
            born=self._born(written),
            sex=written.get("sex", Child.Sex.UNKNOWN),
            by=self._recording(),
            on=day,
            parent=self.known.get(written.get("parent")),
        )

    def _recording(self):
        """Somebody of the whole authority, who holds no child for having added it."""
        return self.company.employed(PersonRole.IRO_BUSINESS_SUPPORT)

    def _open(self):
        cast, day = self.story.cast, self.days.day(0)
        family = [self.known[written["name"]] for written in self.story.family if not written.get("joins")]
        if "enters" in cast:
            self.case_key = open_case(
                authority=self.company.authority,
                cafcass_office=self.company.office,
                children=family,
                entering=cast["enters"],
                on=day,
                by=self.company["social_worker"],
                court=cast.get("court", ""),
                court_number=f"ZZ{self.days.start:%y}C{50_000 + self.number}" if "court" in cast else "",
            ).key
        self._appoint_caseworkers(family, day)

    def _appoint_caseworkers(self, family, day):
        manager = self.company.team_manager
        holding = {PersonRole.SOCIAL_WORKER: self.company["social_worker"], PersonRole.TEAM_MANAGER: manager}
        if "la_legal" in self.company:
            holding[PersonRole.LA_LEGAL] = self.company["la_legal"]
        for role, person in holding.items():
            appoint(person, role, children=family, on=day, by=manager)

    @property
    def case(self):
        return Case.objects.get(key=self.case_key)

    @property
    def children(self):
        return [self.known[written["name"]] for written in self.story.family if written["name"] in self.known]

    def _child(self, name):
        found = [child for child in self.children if child.name.split()[0] == name]
        if not found:
            raise Unreadable(f"{self.story.name}: no child is called {name}")
        return found[0]

    def named(self, fact):
        """The children a fact names, by first name; none where it is about them all."""
        named = fact.how.get("child", [])
        return [self._child(name) for name in ([named] if isinstance(named, str) else named)]

    def present(self):
        if self.case_key is None:
            return self.children
        return [m.child for m in self.case.members.filter(left_on=None).select_related("child")]

    # --- What happens ---------------------------------------------------------------------------------------

    def _play(self, fact):
        if fact.how.get("only") == "guardian" and not self.guardian_is_there:
            return
        events = VERBS.get(fact.what, Family._record)(self, fact)
        if "id" in fact.how:
            self.events[fact.how["id"]] = events[0]

    def day(self, fact):
        return self.days.day(fact.at)

    def doing(self, fact):
        return self.company.doing(fact, specification_of(fact.what))

    def _record(self, fact, **particulars):
        """Any fact without a verb of its own, through the one door for facts."""
        concerned = self.named(fact)
        if not concerned and specification_of(fact.what).child is TakesChild.REQUIRED:
            concerned = self.present()
        how = {
            "on": self.day(fact),
            **self.company.recorded(fact, self.doing(fact)),
            "details": self.details(fact.what, fact.says),
            "particulars": {**fact.how.get("also", {}), **particulars},
            "note": fact.how.get("note", ""),
        }
        if self.case_key and fact.what != LEGAL_STATUS_CHANGED:
            return record(self.case, fact.what, children=concerned, **how)
        return [e for child in concerned or self.children for e in record(child, fact.what, **how)]

    def details(self, what, says):
        """The fact's own fields, with days for the numbers that stand for them."""
        specification = specification_of(what)
        return {name: self._value(specification.field(name), value) for name, value in says.items()}

    def _value(self, field, value):
        if field.type is FieldType.DATE:
            return self.days.day(value)
        if field.type is FieldType.PAPERS:
            return [{**paper, "promised_on": self.days.day(paper["promised_on"])} for paper in value]
        return self.days.day(value).isoformat() if field.refers_to is Subject.REVIEW else value

    # --- Acts that have a verb of their own -------------------------------------------------------------------

    def _allocate_iro(self, fact):
        iro = self.company.take("iro", fact.how.get("person"))
        concerned = self.named(fact) or self.present()
        return appoint(iro, PersonRole.IRO, children=concerned, on=self.day(fact), by=self.doing(fact))

    def _allocate_guardian(self, fact):
        guardian = self.company.take("guardian", fact.how.get("person"))
        self.guardian_is_there = True
        manager = self.company.employed(PersonRole.CAFCASS_SERVICE_MANAGER)
        return appoint(
            guardian, PersonRole.GUARDIAN, children=self.present(), on=self.day(fact), case=self.case,
            **self.company.recorded(fact, manager),
        )  # fmt: skip

    def _let_guardian_go(self, fact):
        self.guardian_is_there = False
        return self._record(fact)

    def _join(self, fact):
        [child] = self.named(fact)
        self._appoint_caseworkers([child], self.day(fact))
        return record(
            self.case, fact.what, on=self.day(fact), by=self.doing(fact), children=[child],
            details={"born": child.born},
        )  # fmt: skip

    def _hold_review(self, fact):
        """With how each child took part, which the form asks for."""
        self.reviews_held += 1
        concerned = self.named(fact) or self.present()
        day = self.day(fact)
        part = {str(child.pk): self._part(child, day, nth) for nth, child in enumerate(concerned)}
        return self._record(fact, participation=part)

    def _part(self, child, day, nth):
        if child.age_on(day) < TAKES_PART_FROM:
            return "PN0"
        return TOOK_PART[(self.number + self.reviews_held + nth) % len(TOOK_PART)]

    def _conclude(self, fact):
        self.outcome = fact.says["outcome"]
        return self._record(fact)

    def _correct(self, fact):
        """Strike a fact out; `instead` is what should have been typed."""
        event = self.events[fact.how["fact"]]
        instead = dict(fact.how.get("instead", {}))
        replacement = {"on": self.days.day(instead.pop("at"))} if instead else None
        if instead:
            replacement["details"] = self.details(event.happening, instead)
        return correct(event, by=event.recorded_by, reason=fact.how["reason"], replacement=replacement)

    def _close_matter(self, fact):
        """The nth thing the guardian handed over, for every child it was about."""
        handed_over = Matter.objects.filter(child__in=self.children).order_by("pk")
        text = list(dict.fromkeys(handed_over.values_list("text", flat=True)))[fact.how["matter"] - 1]
        for matter in handed_over.filter(text=text):
            matters.close(matter, by=self.company["iro"], on=self.day(fact), evidence=fact.how["evidence"])

    # --- Letters; an agency that is not on the system writes its own, and the fact is recorded for it ------------

    def _writes_here(self):
        return self.company.office.is_on_system

    def _send_appendix_1(self, fact):
        if not self._writes_here():
            return self._record(fact)
        return correspondence.appendix_1(self.case, by=self.company["guardian"], on=self.day(fact))

    def _acknowledge(self, fact):
        if not self._writes_here():
            return self._record(fact)
        support = self.company.employed(PersonRole.IRO_BUSINESS_SUPPORT)
        return correspondence.acknowledged(self.case, self.company["iro"], by=support, on=self.day(fact))

    def _name_iro(self, fact):
        concerned = self.named(fact) or self.present()
        return correspondence.iro_named(self.case, concerned, by=self.doing(fact), on=self.day(fact))

    def _send_appendix_2(self, fact):
        if not self._writes_here():
            return self._record(fact)
        said = fact.how.get("matters", [])
        guardian, day = self.company["guardian"], self.day(fact)
        return correspondence.appendix_2(self.case, self.named(fact), said, by=guardian, on=day)

    def _write_to_child(self, fact):
        if not self._writes_here():
            return self._record(fact)
        guardian, day = self.company["guardian"], self.day(fact)
        return [
            correspondence.to_the_child(self.case, child, self.outcome, by=guardian, on=day)
            for child in self.named(fact) or self.present()
        ]


VERBS = {
    **challenge.VERBS,
    **redress.VERBS,
    "iro_allocated": Family._allocate_iro,
    "guardian_allocated": Family._allocate_guardian,
    "guardian_withdrew": Family._let_guardian_go,
    "child_added": Family._join,
    "review_held": Family._hold_review,
    "proceedings_concluded": Family._conclude,
    "correct": Family._correct,
    "matter_closed": Family._close_matter,
    "appendix_1_sent": Family._send_appendix_1,
    "appendix_1_acknowledged": Family._acknowledge,
    "iro_named_to_cafcass": Family._name_iro,
    "appendix_2_sent": Family._send_appendix_2,
    "child_letter_sent": Family._write_to_child,
}
