"""Names that sound as they were typed: trigrams on PostgreSQL; on SQLite a name must be written as it is."""

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Upper
from django.db.models.lookups import Lookup

# Of a typed word's trigrams, so many in a hundred stand together in the name. "Ambre" has half of "Amber's".
ENOUGH = "0.4"


class IsLike(Lookup):
    """PostgreSQL's `%>`: some part of the column is like the words. The index over trigrams answers it."""

    prepare_rhs = False

    def as_sql(self, compiler, connection):
        column, of_column = self.process_lhs(compiler, connection)
        words, of_words = self.process_rhs(compiler, connection)
        return f"{column} %%> {words}", (*of_column, *of_words)


def finds_misspellings():
    return connection.vendor == "postgresql"


def named(field, words):
    """A condition on the column that holds a name."""
    exactly = Q(**{f"{field}__icontains": words})
    return exactly | Q(IsLike(Upper(field), words.upper())) if finds_misspellings() else exactly


def be_lenient():
    """How much alike is enough, for this transaction."""
    if finds_misspellings():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [ENOUGH])
