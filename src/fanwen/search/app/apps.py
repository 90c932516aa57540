from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "fanwen.search.app"
    label = "search"
