from typing import Any

from django.apps import AppConfig


class ShelvesConfig(AppConfig):
    name = "fanwen.shelves"
    label = "shelves"

    def ready(self) -> None:
        from fanwen.people.owner import claimed
        from fanwen.shelves import favourites

        def adopt(sender: Any, user: Any, session: str, **_: Any) -> None:
            favourites.adopt(user, session)

        claimed.connect(adopt, weak=False, dispatch_uid="shelves.adopt")
