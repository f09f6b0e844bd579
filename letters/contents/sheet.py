"""What every letter has around its wording."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import get_args, get_origin, get_type_hints

from letters.samples import SAMPLE_SHEETS, SAMPLES


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Letterhead, addressee, date, signature and copies, drawn by a template that no wording replaces."""

    sheet_template = "letters/sheet.html"
    sender: str
    sender_address: tuple[str, ...] = ()
    sender_telephone: str = ""
    sender_email: str = ""
    sender_lines: tuple[str, ...] = ()
    addressee: tuple[str, ...]
    reference: str
    dated: date
    signed_by: str
    signed_as: str
    copied_to: tuple[str, ...] = ()

    @classmethod
    def sample(cls):
        """A letter about nobody, for showing a wording and for `render_letter`."""
        return cls(**SAMPLE_SHEETS[cls.kind], **SAMPLES[cls.kind])

    @classmethod
    def declared(cls):
        """The fields its wording may use, by name."""
        return {one.name: one for one in fields(cls) if one.name not in SHEET_FIELDS}

    @classmethod
    def lists(cls):
        return {name for name, hint in get_type_hints(cls).items() if get_origin(hint) is tuple}

    def for_wording(self):
        return {name: getattr(self, name) for name in self.declared()}

    def as_json(self):
        return {name: _plain(value) for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, stored):
        hints = get_type_hints(cls)
        return cls(**{name: _revived(hints[name], value) for name, value in stored.items()})


SHEET_FIELDS = frozenset(one.name for one in fields(Sheet))


def _plain(value):
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _revived(hint, value):
    if isinstance(value, list):
        return tuple(value)
    is_a_day = hint is date or date in get_args(hint)
    return date.fromisoformat(value) if is_a_day and value else value
