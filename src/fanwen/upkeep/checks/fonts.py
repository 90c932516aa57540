"""The fonts that pages are laid out with."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator

from fanwen.intake import fonts
from fanwen.upkeep.checks.machine import INSTALL
from fanwen.upkeep.findings import Finding, ok, warning

FREE = {
    # family: the package that brings it
    "Noto Sans CJK SC": "fonts-noto-cjk",
    "Noto Serif CJK SC": "fonts-noto-cjk",
    "AR PL UKai CN": "fonts-arphic-ukai",
    "AR PL UMing CN": "fonts-arphic-uming",
    "Liberation Serif": "fonts-liberation",
    "Carlito": "fonts-crosextra-carlito",
    "Caladea": "fonts-crosextra-caladea",
}
ASKED_FOR = (
    "宋体",
    "SimSun",
    "仿宋_GB2312",
    "FangSong",
    "黑体",
    "SimHei",
    "楷体_GB2312",
    "KaiTi",
    "方正小标宋简体",
    "微软雅黑",
)
"""What Chinese documents are written in; none of them is free, so each needs a stand-in."""


def findings() -> Iterator[Finding]:
    if shutil.which("fc-match") is None:
        yield warning("fonts", "fontconfig is not installed, so fonts can't be looked up", f"{INSTALL} fontconfig")
        return
    yield _free_fonts()
    yield _stand_ins()


def _free_fonts() -> Finding:
    there = set(_run("fc-list", ":", "family").replace("\n", ",").split(","))
    lacking = [family for family in FREE if family not in there]
    if lacking:
        packages = " ".join(sorted({FREE[family] for family in lacking}))
        return warning(
            "fonts",
            f"pages will look different from what their authors saw, for want of {', '.join(lacking)}",
            f"{INSTALL} {packages}",
        )
    return ok("fonts", f"the {len(FREE)} families that stand in for those of office programs are installed")


def _stand_ins() -> Finding:
    """Whether each name that Chinese documents ask for leads to a font with Chinese characters."""
    without = [name for name in ASKED_FOR if "zh-cn" not in _run("fc-match", "-f", "%{lang}", name).split("|")]
    if without:
        return warning("font names", f"no Chinese font stands in for {'、'.join(without)}", f"{INSTALL} fonts-noto-cjk")
    examples = [f"{name} → {_run('fc-match', '-f', '%{family[0]}', name)}" for name in ("宋体", "黑体", "楷体_GB2312")]
    return ok("font names", "; ".join(examples))


def _run(*argv: str) -> str:
    environment = os.environ | {"FONTCONFIG_FILE": str(fonts.FOLDER / "fonts.conf")}
    return subprocess.run(argv, env=environment, capture_output=True, text=True, timeout=60, check=False).stdout
