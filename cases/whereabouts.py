"""Where children live: a restricted field. Each row says who may read it; what is written down stays."""

from cases.models import Whereabouts


def confidential():
    """Every address, current or past, that is meant for fewer people than may open the child's record."""
    return Whereabouts.objects.confidential().select_related("child")
