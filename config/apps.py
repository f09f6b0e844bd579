from django.apps import AppConfig


class ConfigurationConfig(AppConfig):
    name = "config"

    def ready(self):
        from config import checks  # noqa: F401  (registers them)
