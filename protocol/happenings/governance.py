"""The local protocol itself: signed, and looked at again every year."""

from __future__ import annotations

from protocol.fields import Specification
from protocol.happenings.names import Happening
from protocol.vocabulary import Part, Role

SIGNATORIES = (Role.CAFCASS, Role.IRO_SERVICE, Role.IRO_MANAGER)

HAPPENINGS = (
    Specification(
        Happening.PROTOCOL_SIGNED,
        "Local protocol signed",
        "Record the signing",
        "Cafcass and the IRO service signed a version of the local protocol.",
        Part.GOVERNANCE,
        SIGNATORIES,
    ),
    Specification(
        Happening.PROTOCOL_REVIEWED,
        "Local protocol reviewed",
        "Record the local review",
        "Both signatories went through the local protocol again.",
        Part.GOVERNANCE,
        SIGNATORIES,
    ),
)
