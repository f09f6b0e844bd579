"""One line of what is published: an address, which one of its kind, who may open it and who may send it."""

from dataclasses import dataclass

from config.permissions.relations import Group


@dataclass(frozen=True)
class Page:
    """`reads` may open it (GET), `writes` may send it (POST); None where the address takes no such method.

    `about` says which one of its kind it is about, where that makes a difference: a draft, one that was sent.
    """

    name: str
    about: str
    reads: Group | None
    writes: Group | None = None
    only_in: str = ""

    @property
    def key(self):
        return (self.name, self.about)

    def may(self, method, standing, kind_of_organisation=""):
        """Whether somebody of this standing is let in; None where nobody is, because the method is not taken."""
        group = self.reads if method in ("GET", "HEAD") else self.writes
        if group is None:
            return None
        return standing in group and self.only_in in ("", kind_of_organisation)


def read(name, who, about="", **more):
    """A page one only reads."""
    return Page(name, about, who, **more)


def form(name, who, about="", writes=None, **more):
    """A form: whoever may open it may send it, unless said otherwise."""
    return Page(name, about, who, writes or who, **more)


def press(name, who, about=""):
    """A button: it is pressed, never followed."""
    return Page(name, about, None, who)
