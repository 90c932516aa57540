"""The demo library: about fifty documents of invented places and people, kept as small sources.

`build(target, office)` makes files of them and knows nothing of Django; `fanwen.demo.load.load` puts them in the library.
"""

from fanwen.demo.build import DemoFile, build

__all__ = ["DemoFile", "build"]
