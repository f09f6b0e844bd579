from tests.cases.conftest import browse, cast, it_is, new

__all__ = ["browse", "cast", "it_is", "new"]
