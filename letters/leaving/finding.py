"""What is found in a letter before it leaves: confidential addresses, names of other cases, readers a wall keeps out.

Each is shown in its sentence, and no more is said of it than the person who asks may know.
"""

from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.roles import PersonRole
from cases.models import Whereabouts
from letters import agreed_wording, gather, press
from letters.leaving import houses, names, pool, postcodes, readers
from letters.leaving.places import places_in
from letters.leaving.text import Text, folded, of_html
from letters.models import Resolution

What = Resolution.What
CONFIDENTIAL = "An address that is confidential. You may not be told whose it is."


@dataclass(frozen=True)
class Hit:
    """One thing found: what it is in words, whom to ask, and the sentence around it."""

    what: str
    words: str
    mark: str
    where: str = ""
    before: str = ""
    found: str = ""
    after: str = ""
    ask: str = ""


def found_in(letter, by):
    """Everything this person has to resolve before the letter leaves, in the order of the letter."""
    return list(_Search(letter, by).hits())


def unresolved(letter, by):
    """What nobody has decided on yet."""
    kept = set(letter.resolutions.filter(outcome=Resolution.Outcome.KEPT).values_list("mark", flat=True))
    return [hit for hit in found_in(letter, by) if hit.mark not in kept]


class _Search:
    """One letter, read once for one person."""

    def __init__(self, letter, by):
        self.letter, self.by = letter, by
        words, _ = agreed_wording.wording_of(letter.sender, letter.kind)
        page = press.page(gather.contents_of(letter, dated=timezone.localdate()), words)
        self.texts = [("", Text(of_html(page))), *self._copies()]

    def _copies(self):
        """Where each copy goes; with one recipient the letter itself says so."""
        going = self.letter.recipients.filter(is_included=True) if self.letter.referral_id else []
        for one in going if len(going) > 1 else []:
            yield f"The copy to {one.name}", Text("\n".join((one.name, one.address, one.email)))

    def hits(self):
        self.seen = set()
        for hit in (*self._addresses(), *self._names(), *self._readers()):
            if hit.mark not in self.seen:
                self.seen.add(hit.mark)
                yield hit

    def _addresses(self):
        rows = [
            (row, list(places_in(row.address)))
            for row in pool.addresses(self.letter, self.by, self._children)
        ]
        for where, text in self.texts:
            sentences, said = set(), houses.Said(text.written)
            for row, places in rows:
                for start, end in _of_address(row, places, text, said):
                    sentence = "".join(text.sentence(start, end))
                    if (row.pk, sentence) not in sentences:
                        sentences.add((row.pk, sentence))
                        yield self._hit(What.ADDRESS, where, text, start, end, **self._said_of(row.pk))

    def _said_of(self, pk):
        """Whose address it is, for whoever may read it; for anybody else, whom to ask."""
        row = Whereabouts.objects.visible_to(self.by).select_related("child").filter(pk=pk).first()
        if row is None:
            return {"words": CONFIDENTIAL, "ask": self._whom_to_ask}
        words = f"{row.get_kind_display()} of {row.child.name}, confidential. {row.get_audience_display()} may read it."
        if outside := [person.name for person in self._people if not _may_read(person, row)]:
            words += f" Not among them, and given this letter: {', '.join(outside)}."
        return {"words": words}

    @cached_property
    def _children(self):
        return pool.known_children(self.by)

    @cached_property
    def _people(self):
        return readers.people(self.letter)

    @cached_property
    def _whom_to_ask(self):
        authority = self.letter.authority
        managers = authority.people.filter(role=PersonRole.IRO_MANAGER, is_active=True)
        named = ", ".join(managers.values_list("name", flat=True))
        return f"Ask {named or 'the IRO manager'} of {authority} whether it may stand in this letter."

    def _names(self):
        belong = pool.own(self.letter, self.by)
        own = {id(text): names.own_words(text, belong) for _, text in self.texts}
        ours = {tuple(name.parts) for name in belong}
        for written, whose in pool.others(self.letter, self.by, self._children):
            name = names.Name(written)
            if tuple(name.parts) in ours:
                continue
            for where, text in self.texts:
                for start, end in names.found(text, name, own[id(text)]):
                    yield self._hit(
                        What.NAME, where, text, start, end, words=f"{written} is the name of {whose}."
                    )

    def _readers(self):
        for person in readers.kept_out(self.letter):
            words = f"{person.name} is given this letter and may not open this case."
            yield Hit(What.READER, words, self._mark(What.READER, str(person.pk), ""), found=person.name)

    def _hit(self, what, where, text, start, end, *, words, ask=""):
        before, found, after = text.sentence(start, end)
        mark = self._mark(what, found, f"{where} {before}{found}{after}")
        return Hit(what, words, mark, where, before, found, after, ask)

    def _mark(self, what, found, sentence):
        """The same in the same sentence of the same letter; it gives nothing away."""
        said = "|".join((self.letter.key, what, folded(found), " ".join(folded(sentence).split())))
        return salted_hmac("letters.leaving", said, algorithm="sha256").hexdigest()


def _of_address(row, places, text, said):
    yield from postcodes.postcodes(
        text, postcodes.postcode_in(row.postcode) or postcodes.postcode_in(row.address)
    )
    for place in places:
        yield from said.gives_away(place)


def _may_read(person, row):
    return Whereabouts.objects.visible_to(person).filter(pk=row.pk).exists()
