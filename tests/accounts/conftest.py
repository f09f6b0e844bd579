import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from accounts.roles import PersonRole
from accounts.views.second_factor import Give
from accounts.views.sign_in import SignIn
from tests.cast import PASSWORD, assemble
from tests.doors import give_an_app


@pytest.fixture
def cast():
    return assemble()


@pytest.fixture
def ada(cast):
    """Northmoor's administrator."""
    return User.objects.create_user(
        "ada@example.org",
        PASSWORD,
        name="Ada Admin",
        organisation=cast.northmoor,
        role=PersonRole.ADMINISTRATOR,
    )


@pytest.fixture
def iris(cast):
    """Somebody who has an authenticator app."""
    return give_an_app(cast.iris)


@pytest.fixture
def another_browser():
    return Client()


@pytest.fixture
def at_localhost():
    """A browser at an address for which security keys answer."""
    return Client(SERVER_NAME="localhost")


@pytest.fixture
def plain_pages(monkeypatch):
    """Thousands of refusals, each only as its words: drawing the page would be most of the work."""
    for view in (SignIn, Give):
        monkeypatch.setattr(
            view, "render_to_response", lambda view, facts, **how: HttpResponse(str(facts["form"].errors))
        )
