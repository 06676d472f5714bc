// Written by scripts/generate.mjs from the problem folders. Do not edit: npm run generate.
import type { ProblemMessages } from "./message.ts";
import { messages as accessDeniedWindows } from "./access-denied-windows/messages.ts";
import { messages as aclDenied } from "./acl-denied/messages.ts";
import { messages as antivirusOrPolicyBlock } from "./antivirus-or-policy-block/messages.ts";
import { messages as bindMountOwner } from "./bind-mount-owner/messages.ts";
import { messages as buildDirNotWritable } from "./build-dir-not-writable/messages.ts";
import { messages as buildkitCacheMountOwner } from "./buildkit-cache-mount-owner/messages.ts";
import { messages as cacheAbandoned } from "./cache-abandoned/messages.ts";
import { messages as cacheCorrupt } from "./cache-corrupt/messages.ts";
import { messages as cacheDirMisread } from "./cache-dir-misread/messages.ts";
import { messages as cacheDirSplit } from "./cache-dir-split/messages.ts";
import { messages as cacheDisabled } from "./cache-disabled/messages.ts";
import { messages as cacheLeftovers } from "./cache-leftovers/messages.ts";
import { messages as cacheNotOwned } from "./cache-not-owned/messages.ts";
import { messages as cacheOnNetworkFilesystem } from "./cache-on-network-filesystem/messages.ts";
import { messages as cacheWorldWritable } from "./cache-world-writable/messages.ts";
import { messages as cacheWriteDenied } from "./cache-write-denied/messages.ts";
import { messages as cachedWheelOtherBuild } from "./cached-wheel-other-build/messages.ts";
import { messages as condaConfigBreaks } from "./conda-config-breaks/messages.ts";
import { messages as condaEnvCorrupt } from "./conda-env-corrupt/messages.ts";
import { messages as condaEnvNotWritable } from "./conda-env-not-writable/messages.ts";
import { messages as condaLock } from "./conda-lock/messages.ts";
import { messages as condaNoWritableEnvsDir } from "./conda-no-writable-envs-dir/messages.ts";
import { messages as condaNoWritablePkgsDir } from "./conda-no-writable-pkgs-dir/messages.ts";
import { messages as condaNotWritableFile } from "./conda-not-writable-file/messages.ts";
import { messages as condaPackageCorrupt } from "./conda-package-corrupt/messages.ts";
import { messages as condaPkgsDirsMisread } from "./conda-pkgs-dirs-misread/messages.ts";
import { messages as condaUrlsTxtMissing } from "./conda-urls-txt-missing/messages.ts";
import { messages as condaUrlsTxtSplit } from "./conda-urls-txt-split/messages.ts";
import { messages as configBreaksTool } from "./config-breaks-tool/messages.ts";
import { messages as configExposesSecret } from "./config-exposes-secret/messages.ts";
import { messages as configKeyIgnored } from "./config-key-ignored/messages.ts";
import { messages as configShadowed } from "./config-shadowed/messages.ts";
import { messages as configUnreadable } from "./config-unreadable/messages.ts";
import { messages as confinedSandbox } from "./confined-sandbox/messages.ts";
import { messages as crossDeviceLink } from "./cross-device-link/messages.ts";
import { messages as diskFull } from "./disk-full/messages.ts";
import { messages as easyInstallDirNotWritable } from "./easy-install-dir-not-writable/messages.ts";
import { messages as externallyManaged } from "./externally-managed/messages.ts";
import { messages as fileInUseWindows } from "./file-in-use-windows/messages.ts";
import { messages as fileLockUnsupported } from "./file-lock-unsupported/messages.ts";
import { messages as fileNameTooLong } from "./file-name-too-long/messages.ts";
import { messages as halfInstalled } from "./half-installed/messages.ts";
import { messages as hardlinkFallbackWarning } from "./hardlink-fallback-warning/messages.ts";
import { messages as hashMismatch } from "./hash-mismatch/messages.ts";
import { messages as homeMissing } from "./home-missing/messages.ts";
import { messages as immutableFile } from "./immutable-file/messages.ts";
import { messages as inodeExhausted } from "./inode-exhausted/messages.ts";
import { messages as invalidDistributionLeftover } from "./invalid-distribution-leftover/messages.ts";
import { messages as keyringUnavailable } from "./keyring-unavailable/messages.ts";
import { messages as linkNotPermitted } from "./link-not-permitted/messages.ts";
import { messages as lockContention } from "./lock-contention/messages.ts";
import { messages as nfsBusy } from "./nfs-busy/messages.ts";
import { messages as osPackageCannotUninstall } from "./os-package-cannot-uninstall/messages.ts";
import { messages as parentNotSearchable } from "./parent-not-searchable/messages.ts";
import { messages as pathTooLongWindows } from "./path-too-long-windows/messages.ts";
import { messages as pipSelfUpgradeWindows } from "./pip-self-upgrade-windows/messages.ts";
import { messages as pipxDirNotWritable } from "./pipx-dir-not-writable/messages.ts";
import { messages as pipxNotOnPath } from "./pipx-not-on-path/messages.ts";
import { messages as pipxVenvBroken } from "./pipx-venv-broken/messages.ts";
import { messages as projectFileNotWritable } from "./project-file-not-writable/messages.ts";
import { messages as pyenvRehashLock } from "./pyenv-rehash-lock/messages.ts";
import { messages as pyenvShimsNotWritable } from "./pyenv-shims-not-writable/messages.ts";
import { messages as quotaExceeded } from "./quota-exceeded/messages.ts";
import { messages as rattlerCacheDenied } from "./rattler-cache-denied/messages.ts";
import { messages as readOnlyFilesystem } from "./read-only-filesystem/messages.ts";
import { messages as rootUserWarning } from "./root-user-warning/messages.ts";
import { messages as scriptNotExecutable } from "./script-not-executable/messages.ts";
import { messages as scriptsDirNotWritable } from "./scripts-dir-not-writable/messages.ts";
import { messages as scriptsNotOnPath } from "./scripts-not-on-path/messages.ts";
import { messages as selinuxDenied } from "./selinux-denied/messages.ts";
import { messages as sharedCacheModes } from "./shared-cache-modes/messages.ts";
import { messages as sipProtected } from "./sip-protected/messages.ts";
import { messages as sitePackagesNotWritable } from "./site-packages-not-writable/messages.ts";
import { messages as sudoHome } from "./sudo-home/messages.ts";
import { messages as sudoOtherPython } from "./sudo-other-python/messages.ts";
import { messages as tmpFull } from "./tmp-full/messages.ts";
import { messages as tmpNoexec } from "./tmp-noexec/messages.ts";
import { messages as tmpNotWritable } from "./tmp-not-writable/messages.ts";
import { messages as toolDirNotWritable } from "./tool-dir-not-writable/messages.ts";
import { messages as umaskTooTight } from "./umask-too-tight/messages.ts";
import { messages as unknownUid } from "./unknown-uid/messages.ts";
import { messages as userFallbackNote } from "./user-fallback-note/messages.ts";
import { messages as userInstallInVenv } from "./user-install-in-venv/messages.ts";
import { messages as userSiteNotWritable } from "./user-site-not-writable/messages.ts";
import { messages as uvCacheInitFailed } from "./uv-cache-init-failed/messages.ts";
import { messages as uvCacheOff } from "./uv-cache-off/messages.ts";
import { messages as uvDirNotWritable } from "./uv-dir-not-writable/messages.ts";
import { messages as uvPathLiteral } from "./uv-path-literal/messages.ts";
import { messages as venvBroken } from "./venv-broken/messages.ts";
import { messages as venvCreateDenied } from "./venv-create-denied/messages.ts";
import { messages as venvEnsurepipMissing } from "./venv-ensurepip-missing/messages.ts";
import { messages as venvNotWritable } from "./venv-not-writable/messages.ts";
import { messages as wheelCacheWriteDenied } from "./wheel-cache-write-denied/messages.ts";

export const allMessages: readonly { readonly problem: string; readonly messages: ProblemMessages }[] = [
  { problem: "access-denied-windows", messages: accessDeniedWindows },
  { problem: "acl-denied", messages: aclDenied },
  { problem: "antivirus-or-policy-block", messages: antivirusOrPolicyBlock },
  { problem: "bind-mount-owner", messages: bindMountOwner },
  { problem: "build-dir-not-writable", messages: buildDirNotWritable },
  { problem: "buildkit-cache-mount-owner", messages: buildkitCacheMountOwner },
  { problem: "cache-abandoned", messages: cacheAbandoned },
  { problem: "cache-corrupt", messages: cacheCorrupt },
  { problem: "cache-dir-misread", messages: cacheDirMisread },
  { problem: "cache-dir-split", messages: cacheDirSplit },
  { problem: "cache-disabled", messages: cacheDisabled },
  { problem: "cache-leftovers", messages: cacheLeftovers },
  { problem: "cache-not-owned", messages: cacheNotOwned },
  { problem: "cache-on-network-filesystem", messages: cacheOnNetworkFilesystem },
  { problem: "cache-world-writable", messages: cacheWorldWritable },
  { problem: "cache-write-denied", messages: cacheWriteDenied },
  { problem: "cached-wheel-other-build", messages: cachedWheelOtherBuild },
  { problem: "conda-config-breaks", messages: condaConfigBreaks },
  { problem: "conda-env-corrupt", messages: condaEnvCorrupt },
  { problem: "conda-env-not-writable", messages: condaEnvNotWritable },
  { problem: "conda-lock", messages: condaLock },
  { problem: "conda-no-writable-envs-dir", messages: condaNoWritableEnvsDir },
  { problem: "conda-no-writable-pkgs-dir", messages: condaNoWritablePkgsDir },
  { problem: "conda-not-writable-file", messages: condaNotWritableFile },
  { problem: "conda-package-corrupt", messages: condaPackageCorrupt },
  { problem: "conda-pkgs-dirs-misread", messages: condaPkgsDirsMisread },
  { problem: "conda-urls-txt-missing", messages: condaUrlsTxtMissing },
  { problem: "conda-urls-txt-split", messages: condaUrlsTxtSplit },
  { problem: "config-breaks-tool", messages: configBreaksTool },
  { problem: "config-exposes-secret", messages: configExposesSecret },
  { problem: "config-key-ignored", messages: configKeyIgnored },
  { problem: "config-shadowed", messages: configShadowed },
  { problem: "config-unreadable", messages: configUnreadable },
  { problem: "confined-sandbox", messages: confinedSandbox },
  { problem: "cross-device-link", messages: crossDeviceLink },
  { problem: "disk-full", messages: diskFull },
  { problem: "easy-install-dir-not-writable", messages: easyInstallDirNotWritable },
  { problem: "externally-managed", messages: externallyManaged },
  { problem: "file-in-use-windows", messages: fileInUseWindows },
  { problem: "file-lock-unsupported", messages: fileLockUnsupported },
  { problem: "file-name-too-long", messages: fileNameTooLong },
  { problem: "half-installed", messages: halfInstalled },
  { problem: "hardlink-fallback-warning", messages: hardlinkFallbackWarning },
  { problem: "hash-mismatch", messages: hashMismatch },
  { problem: "home-missing", messages: homeMissing },
  { problem: "immutable-file", messages: immutableFile },
  { problem: "inode-exhausted", messages: inodeExhausted },
  { problem: "invalid-distribution-leftover", messages: invalidDistributionLeftover },
  { problem: "keyring-unavailable", messages: keyringUnavailable },
  { problem: "link-not-permitted", messages: linkNotPermitted },
  { problem: "lock-contention", messages: lockContention },
  { problem: "nfs-busy", messages: nfsBusy },
  { problem: "os-package-cannot-uninstall", messages: osPackageCannotUninstall },
  { problem: "parent-not-searchable", messages: parentNotSearchable },
  { problem: "path-too-long-windows", messages: pathTooLongWindows },
  { problem: "pip-self-upgrade-windows", messages: pipSelfUpgradeWindows },
  { problem: "pipx-dir-not-writable", messages: pipxDirNotWritable },
  { problem: "pipx-not-on-path", messages: pipxNotOnPath },
  { problem: "pipx-venv-broken", messages: pipxVenvBroken },
  { problem: "project-file-not-writable", messages: projectFileNotWritable },
  { problem: "pyenv-rehash-lock", messages: pyenvRehashLock },
  { problem: "pyenv-shims-not-writable", messages: pyenvShimsNotWritable },
  { problem: "quota-exceeded", messages: quotaExceeded },
  { problem: "rattler-cache-denied", messages: rattlerCacheDenied },
  { problem: "read-only-filesystem", messages: readOnlyFilesystem },
  { problem: "root-user-warning", messages: rootUserWarning },
  { problem: "script-not-executable", messages: scriptNotExecutable },
  { problem: "scripts-dir-not-writable", messages: scriptsDirNotWritable },
  { problem: "scripts-not-on-path", messages: scriptsNotOnPath },
  { problem: "selinux-denied", messages: selinuxDenied },
  { problem: "shared-cache-modes", messages: sharedCacheModes },
  { problem: "sip-protected", messages: sipProtected },
  { problem: "site-packages-not-writable", messages: sitePackagesNotWritable },
  { problem: "sudo-home", messages: sudoHome },
  { problem: "sudo-other-python", messages: sudoOtherPython },
  { problem: "tmp-full", messages: tmpFull },
  { problem: "tmp-noexec", messages: tmpNoexec },
  { problem: "tmp-not-writable", messages: tmpNotWritable },
  { problem: "tool-dir-not-writable", messages: toolDirNotWritable },
  { problem: "umask-too-tight", messages: umaskTooTight },
  { problem: "unknown-uid", messages: unknownUid },
  { problem: "user-fallback-note", messages: userFallbackNote },
  { problem: "user-install-in-venv", messages: userInstallInVenv },
  { problem: "user-site-not-writable", messages: userSiteNotWritable },
  { problem: "uv-cache-init-failed", messages: uvCacheInitFailed },
  { problem: "uv-cache-off", messages: uvCacheOff },
  { problem: "uv-dir-not-writable", messages: uvDirNotWritable },
  { problem: "uv-path-literal", messages: uvPathLiteral },
  { problem: "venv-broken", messages: venvBroken },
  { problem: "venv-create-denied", messages: venvCreateDenied },
  { problem: "venv-ensurepip-missing", messages: venvEnsurepipMissing },
  { problem: "venv-not-writable", messages: venvNotWritable },
  { problem: "wheel-cache-write-denied", messages: wheelCacheWriteDenied },
];
