import type { Asked, FoundValue } from "../tool.ts";
import { defaultUvCache, uvBinDir, uvCredentialsDir, uvPythonDir, uvTempDir, uvToolDir, type UvLocation } from "./locations.ts";
import { uvPlace } from "./uv-place.ts";
import { uvAtLeast } from "./version.ts";

/** clone on macOS; on Linux since 0.10.5, before and on Windows hard links. What really happens depends on the file systems. */
export function defaultUvLinkMode(platform: string, version: string): "clone" | "hardlink" {
  return platform === "darwin" || (platform === "linux" && uvAtLeast(version, "0.10.5")) ? "clone" : "hardlink";
}

/** What holds where nothing is set. XDG variables are the source of what they move. */
export function uvDefaults(asked: Asked): Readonly<Record<string, FoundValue | undefined>> {
  const place = uvPlace(asked);
  const at = (location: UvLocation | undefined): FoundValue | undefined => location && { value: location.path, source: location.source };
  const fixed = (value: FoundValue["value"]): FoundValue => ({ value, source: "default" });
  const linkMode = fixed(defaultUvLinkMode(place.platform, place.version));
  return {
    "cache-dir": at(defaultUvCache(place)),
    "no-cache": fixed(false), "offline": fixed(false), "compile-bytecode": fixed(false), "no-index": fixed(false),
    "pip.system": fixed(false), "pip.break-system-packages": fixed(false), "link-mode": linkMode, "pip.link-mode": linkMode,
    "UV_PYTHON_INSTALL_DIR": at(uvPythonDir(place)), "UV_TOOL_DIR": at(uvToolDir(place)), "UV_CREDENTIALS_DIR": at(uvCredentialsDir(place)),
    "UV_PYTHON_BIN_DIR": at(uvBinDir(place, "UV_PYTHON_BIN_DIR")), "UV_TOOL_BIN_DIR": at(uvBinDir(place, "UV_TOOL_BIN_DIR")),
    "UV_PROJECT_ENVIRONMENT": fixed(".venv"), "UV_LOCK_TIMEOUT": fixed(300), "UV_NO_CONFIG": fixed(false), "UV_NO_SYSTEM_CONFIG": fixed(false),
    "TMPDIR": at(uvTempDir(place)),
  };
}
