"""The same done by several people at one moment, each on a connection of their own."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from cases.refusal import Refusal


def at_once(work, times=4):
    """What each of several threads got: its answer, or the sentence it was refused with."""

    def done(_):
        try:
            return work()
        except Refusal as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(done, range(times)))
