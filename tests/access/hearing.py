"""Which names a page looks for in its query, whatever its links say: told by listening."""

from contextlib import contextmanager
from unittest import mock

from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict


@contextmanager
def names_looked_for():
    """Gathers them, of every page that is asked for meanwhile."""
    heard = set()

    class Heard(QueryDict):
        def _hears(self, name):
            if not self._mutable:  # What it is filled with is nothing anybody looked for.
                heard.add(name)

        def __getitem__(self, name):
            self._hears(name)
            return super().__getitem__(name)

        def __contains__(self, name):
            self._hears(name)
            return super().__contains__(name)

        def getlist(self, name, default=None):
            self._hears(name)
            return super().getlist(name, default)

        def __iter__(self):
            self._hears("anything")
            return super().__iter__()

        def lists(self):
            self._hears("anything")
            return super().lists()

    said = property(lambda request: Heard(request.META.get("QUERY_STRING", "")))
    with mock.patch.object(WSGIRequest, "GET", said):
        yield heard
