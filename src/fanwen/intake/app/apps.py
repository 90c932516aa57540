from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "fanwen.intake.app"
    label = "intake"
