from typing import Any

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "fanwen.search.app"
    label = "search"

    def ready(self) -> None:
        from fanwen.library.signals import document_changed
        from fanwen.search.app import changes

        def listen(sender: Any, number: str, **_: Any) -> None:
            changes.note(number)

        document_changed.connect(listen, weak=False, dispatch_uid="search.changes")
