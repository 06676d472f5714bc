// Written by scripts/generate.mjs from the problem folders. Do not edit: npm run generate.
import type { Problem } from "./problem.ts";
import { problem as accessDeniedWindows } from "./access-denied-windows/problem.ts";
import { problem as aclDenied } from "./acl-denied/problem.ts";
import { problem as antivirusOrPolicyBlock } from "./antivirus-or-policy-block/problem.ts";
import { problem as bindMountOwner } from "./bind-mount-owner/problem.ts";
import { problem as buildDirNotWritable } from "./build-dir-not-writable/problem.ts";
import { problem as buildkitCacheMountOwner } from "./buildkit-cache-mount-owner/problem.ts";
import { problem as cacheAbandoned } from "./cache-abandoned/problem.ts";
import { problem as cacheCorrupt } from "./cache-corrupt/problem.ts";
import { problem as cacheDirMisread } from "./cache-dir-misread/problem.ts";
import { problem as cacheDirSplit } from "./cache-dir-split/problem.ts";
import { problem as cacheDisabled } from "./cache-disabled/problem.ts";
import { problem as cacheInImage } from "./cache-in-image/problem.ts";
import { problem as cacheLeftovers } from "./cache-leftovers/problem.ts";
import { problem as cacheNotOwned } from "./cache-not-owned/problem.ts";
import { problem as cacheOnNetworkFilesystem } from "./cache-on-network-filesystem/problem.ts";
import { problem as cacheWorldWritable } from "./cache-world-writable/problem.ts";
import { problem as cacheWriteDenied } from "./cache-write-denied/problem.ts";
import { problem as cachedWheelOtherBuild } from "./cached-wheel-other-build/problem.ts";
import { problem as condaCacheOtherDevice } from "./conda-cache-other-device/problem.ts";
import { problem as condaConfigBreaks } from "./conda-config-breaks/problem.ts";
import { problem as condaConfigIgnored } from "./conda-config-ignored/problem.ts";
import { problem as condaEnvCorrupt } from "./conda-env-corrupt/problem.ts";
import { problem as condaEnvNotWritable } from "./conda-env-not-writable/problem.ts";
import { problem as condaForeignLayout } from "./conda-foreign-layout/problem.ts";
import { problem as condaLinksRefused } from "./conda-links-refused/problem.ts";
import { problem as condaLock } from "./conda-lock/problem.ts";
import { problem as condaNoWritableEnvsDir } from "./conda-no-writable-envs-dir/problem.ts";
import { problem as condaNoWritablePkgsDir } from "./conda-no-writable-pkgs-dir/problem.ts";
import { problem as condaNotWritableFile } from "./conda-not-writable-file/problem.ts";
import { problem as condaPackageCorrupt } from "./conda-package-corrupt/problem.ts";
import { problem as condaPkgsDirsMisread } from "./conda-pkgs-dirs-misread/problem.ts";
import { problem as condaSoftlinkedEnv } from "./conda-softlinked-env/problem.ts";
import { problem as condaUrlsTxtMissing } from "./conda-urls-txt-missing/problem.ts";
import { problem as condaUrlsTxtSplit } from "./conda-urls-txt-split/problem.ts";
import { problem as configBreaksTool } from "./config-breaks-tool/problem.ts";
import { problem as configExposesSecret } from "./config-exposes-secret/problem.ts";
import { problem as configKeyIgnored } from "./config-key-ignored/problem.ts";
import { problem as configShadowed } from "./config-shadowed/problem.ts";
import { problem as configUnreadable } from "./config-unreadable/problem.ts";
import { problem as confinedSandbox } from "./confined-sandbox/problem.ts";
import { problem as crossDeviceLink } from "./cross-device-link/problem.ts";
import { problem as diskFull } from "./disk-full/problem.ts";
import { problem as easyInstallDirNotWritable } from "./easy-install-dir-not-writable/problem.ts";
import { problem as externallyManaged } from "./externally-managed/problem.ts";
import { problem as fileInUseWindows } from "./file-in-use-windows/problem.ts";
import { problem as fileLockUnsupported } from "./file-lock-unsupported/problem.ts";
import { problem as fileNameTooLong } from "./file-name-too-long/problem.ts";
import { problem as halfInstalled } from "./half-installed/problem.ts";
import { problem as hardlinkFallbackWarning } from "./hardlink-fallback-warning/problem.ts";
import { problem as hashMismatch } from "./hash-mismatch/problem.ts";
import { problem as homeMissing } from "./home-missing/problem.ts";
import { problem as immutableFile } from "./immutable-file/problem.ts";
import { problem as inodeExhausted } from "./inode-exhausted/problem.ts";
import { problem as invalidDistributionLeftover } from "./invalid-distribution-leftover/problem.ts";
import { problem as keyringUnavailable } from "./keyring-unavailable/problem.ts";
import { problem as linkNotPermitted } from "./link-not-permitted/problem.ts";
import { problem as lockContention } from "./lock-contention/problem.ts";
import { problem as nfsBusy } from "./nfs-busy/problem.ts";
import { problem as osPackageCannotUninstall } from "./os-package-cannot-uninstall/problem.ts";
import { problem as parentNotSearchable } from "./parent-not-searchable/problem.ts";
import { problem as pathTooLongWindows } from "./path-too-long-windows/problem.ts";
import { problem as pipSelfUpgradeWindows } from "./pip-self-upgrade-windows/problem.ts";
import { problem as pipxDirNotWritable } from "./pipx-dir-not-writable/problem.ts";
import { problem as pipxNotOnPath } from "./pipx-not-on-path/problem.ts";
import { problem as pipxVenvBroken } from "./pipx-venv-broken/problem.ts";
import { problem as projectFileNotWritable } from "./project-file-not-writable/problem.ts";
import { problem as pyenvRehashLock } from "./pyenv-rehash-lock/problem.ts";
import { problem as pyenvShimsNotWritable } from "./pyenv-shims-not-writable/problem.ts";
import { problem as quotaExceeded } from "./quota-exceeded/problem.ts";
import { problem as rattlerCacheDenied } from "./rattler-cache-denied/problem.ts";
import { problem as readOnlyFilesystem } from "./read-only-filesystem/problem.ts";
import { problem as rootUserWarning } from "./root-user-warning/problem.ts";
import { problem as scriptNotExecutable } from "./script-not-executable/problem.ts";
import { problem as scriptsDirNotWritable } from "./scripts-dir-not-writable/problem.ts";
import { problem as scriptsNotOnPath } from "./scripts-not-on-path/problem.ts";
import { problem as selinuxDenied } from "./selinux-denied/problem.ts";
import { problem as sharedCacheModes } from "./shared-cache-modes/problem.ts";
import { problem as sipProtected } from "./sip-protected/problem.ts";
import { problem as sitePackagesNotWritable } from "./site-packages-not-writable/problem.ts";
import { problem as sudoHome } from "./sudo-home/problem.ts";
import { problem as sudoOtherPython } from "./sudo-other-python/problem.ts";
import { problem as systemOverrideSet } from "./system-override-set/problem.ts";
import { problem as tmpFull } from "./tmp-full/problem.ts";
import { problem as tmpNoexec } from "./tmp-noexec/problem.ts";
import { problem as tmpNotWritable } from "./tmp-not-writable/problem.ts";
import { problem as toolDirNotWritable } from "./tool-dir-not-writable/problem.ts";
import { problem as umaskTooTight } from "./umask-too-tight/problem.ts";
import { problem as unknownUid } from "./unknown-uid/problem.ts";
import { problem as userFallbackNote } from "./user-fallback-note/problem.ts";
import { problem as userInstallInVenv } from "./user-install-in-venv/problem.ts";
import { problem as userSiteNotWritable } from "./user-site-not-writable/problem.ts";
import { problem as uvCacheInitFailed } from "./uv-cache-init-failed/problem.ts";
import { problem as uvCacheOff } from "./uv-cache-off/problem.ts";
import { problem as uvDirNotWritable } from "./uv-dir-not-writable/problem.ts";
import { problem as uvPathLiteral } from "./uv-path-literal/problem.ts";
import { problem as venvBroken } from "./venv-broken/problem.ts";
import { problem as venvCreateDenied } from "./venv-create-denied/problem.ts";
import { problem as venvEnsurepipMissing } from "./venv-ensurepip-missing/problem.ts";
import { problem as venvNotWritable } from "./venv-not-writable/problem.ts";
import { problem as wheelCacheWriteDenied } from "./wheel-cache-write-denied/problem.ts";

export const allProblems: readonly Problem[] = [
  accessDeniedWindows,
  aclDenied,
  antivirusOrPolicyBlock,
  bindMountOwner,
  buildDirNotWritable,
  buildkitCacheMountOwner,
  cacheAbandoned,
  cacheCorrupt,
  cacheDirMisread,
  cacheDirSplit,
  cacheDisabled,
  cacheInImage,
  cacheLeftovers,
  cacheNotOwned,
  cacheOnNetworkFilesystem,
  cacheWorldWritable,
  cacheWriteDenied,
  cachedWheelOtherBuild,
  condaCacheOtherDevice,
  condaConfigBreaks,
  condaConfigIgnored,
  condaEnvCorrupt,
  condaEnvNotWritable,
  condaForeignLayout,
  condaLinksRefused,
  condaLock,
  condaNoWritableEnvsDir,
  condaNoWritablePkgsDir,
  condaNotWritableFile,
  condaPackageCorrupt,
  condaPkgsDirsMisread,
  condaSoftlinkedEnv,
  condaUrlsTxtMissing,
  condaUrlsTxtSplit,
  configBreaksTool,
  configExposesSecret,
  configKeyIgnored,
  configShadowed,
  configUnreadable,
  confinedSandbox,
  crossDeviceLink,
  diskFull,
  easyInstallDirNotWritable,
  externallyManaged,
  fileInUseWindows,
  fileLockUnsupported,
  fileNameTooLong,
  halfInstalled,
  hardlinkFallbackWarning,
  hashMismatch,
  homeMissing,
  immutableFile,
  inodeExhausted,
  invalidDistributionLeftover,
  keyringUnavailable,
  linkNotPermitted,
  lockContention,
  nfsBusy,
  osPackageCannotUninstall,
  parentNotSearchable,
  pathTooLongWindows,
  pipSelfUpgradeWindows,
  pipxDirNotWritable,
  pipxNotOnPath,
  pipxVenvBroken,
  projectFileNotWritable,
  pyenvRehashLock,
  pyenvShimsNotWritable,
  quotaExceeded,
  rattlerCacheDenied,
  readOnlyFilesystem,
  rootUserWarning,
  scriptNotExecutable,
  scriptsDirNotWritable,
  scriptsNotOnPath,
  selinuxDenied,
  sharedCacheModes,
  sipProtected,
  sitePackagesNotWritable,
  sudoHome,
  sudoOtherPython,
  systemOverrideSet,
  tmpFull,
  tmpNoexec,
  tmpNotWritable,
  toolDirNotWritable,
  umaskTooTight,
  unknownUid,
  userFallbackNote,
  userInstallInVenv,
  userSiteNotWritable,
  uvCacheInitFailed,
  uvCacheOff,
  uvDirNotWritable,
  uvPathLiteral,
  venvBroken,
  venvCreateDenied,
  venvEnsurepipMissing,
  venvNotWritable,
  wheelCacheWriteDenied,
];
