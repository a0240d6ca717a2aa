"""Puts the tool into the wheel, which belongs to one platform then."""

import os
import sysconfig

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ToolHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict) -> None:
        tool = os.environ.get("ALLMINIMA_TOOL")
        if not tool:
            raise RuntimeError("ALLMINIMA_TOOL must name the tool: see scripts/python/build-wheel")
        build_data["force_include"][tool] = "allminima/bin/allminima"
        build_data["pure_python"] = False
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data["tag"] = f"py3-none-{platform}"
