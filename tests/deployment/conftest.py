import shutil
import subprocess

import pytest
import yaml
from django.conf import settings

from tests.private_servers import docker_compose


@pytest.fixture(scope="session")
def deployment(tmp_path_factory):
    """docker-compose.yml as docker-compose itself understands it, with .env.example filled in."""
    folder = tmp_path_factory.mktemp("deployment")
    shutil.copy(settings.BASE_DIR / "docker-compose.yml", folder)
    example = (settings.BASE_DIR / ".env.example").read_text()
    (folder / ".env").write_text(example.replace("=\n", "=FILLED-IN\n"))
    shown = subprocess.run(
        [*docker_compose(), "config"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": _PATH},
    )
    assert shown.returncode == 0, shown.stderr
    return yaml.safe_load(shown.stdout)


_PATH = "/usr/local/bin:/usr/bin:/bin"
