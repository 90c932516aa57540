from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "fanwen.people"
    label = "people"
