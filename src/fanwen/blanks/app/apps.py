from typing import Any

from django.apps import AppConfig


class BlanksConfig(AppConfig):
    name = "fanwen.blanks.app"
    label = "blanks"

    def ready(self) -> None:
        from fanwen.blanks.app import drafts
        from fanwen.people.owner import claimed

        def adopt(sender: Any, user: Any, session: str, **_: Any) -> None:
            drafts.adopt(user, session)

        claimed.connect(adopt, weak=False, dispatch_uid="blanks.adopt")
