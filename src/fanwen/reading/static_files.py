"""Style sheets and scripts under names that carry their content's hash, so that browsers may keep them for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORT = r'(?P<matched>from "(?P<url>\.{1,2}/[^"]+)")'


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Hashed names once ``collectstatic`` has run (`fanwen serve` does); plain names before, as in tests."""

    manifest_strict = False
    # Our scripts import one another by their hashed names too. Django's own switch would also look into others' scripts.
    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("reading/js/*.js", ((_IMPORT, 'from "%(url)s"'),)))

    def stored_name(self, name: str) -> str:
        return str(super().stored_name(name)) if self.hashed_files else name
