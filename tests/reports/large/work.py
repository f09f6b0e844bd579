"""What a page costs: how many statements it asks, and on PostgreSQL how many rows they go through.

Rows and not seconds: a machine that is busy counts the same.
"""

import json

from django.db import connection
from django.test.utils import CaptureQueriesContext


def of(client, url):
    """(statements, rows gone through) of a page that has been opened before."""
    assert client.get(url).status_code == 200, url
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    read = [query["sql"] for query in asked.captured_queries if query["sql"].startswith(("SELECT", "WITH"))]
    return len(asked), sum(map(_rows, read)) if connection.vendor == "postgresql" else None


def _rows(statement):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF, FORMAT JSON) {statement}")
        [[plan]] = cursor.fetchall()
    return _through((plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"])


def _through(node):
    removed = sum(number for name, number in node.items() if name.startswith("Rows Removed by"))
    inner = sum(map(_through, node.get("Plans", ())))
    return (node.get("Actual Rows", 0) + removed) * node.get("Actual Loops", 1) + inner
