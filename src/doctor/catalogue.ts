/** All checks and their manual pages, by subject. A new check is one entry of a table here, and one manual page. */
import type { Check } from "./check.js";
import { BUILD_SETTING_CHECKS } from "./checks/build-settings.js";
import { CACHE_CHECKS } from "./checks/caches.js";
import { DISK_CHECKS } from "./checks/disks.js";
import { DOCKER_CHECKS } from "./checks/docker.js";
import { EDITOR_CHECKS } from "./checks/editors.js";
import { GO_ENV_CHECKS } from "./checks/go-env.js";
import { GO_FILES_CHECKS } from "./checks/go-files.js";
import { GOBIN_CHECKS } from "./checks/gobin.js";
import { GOPATH_CHECKS } from "./checks/gopath.js";
import { GOROOT_CHECKS } from "./checks/goroot.js";
import { NETWORK_CHECKS } from "./checks/network.js";
import { OTHER_GO_CHECKS } from "./checks/other-gos.js";
import { PATH_CHECKS } from "./checks/path.js";
import { PATH_ENTRY_CHECKS } from "./checks/path-entries.js";
import { PIPELINE_CHECKS } from "./checks/pipelines.js";
import { PLATFORM_CHECKS } from "./checks/platforms.js";
import { PRIVATE_MODULE_CHECKS } from "./checks/private-modules.js";
import { REACH_CHECKS } from "./checks/reach.js";
import { RELEASE_CHECKS } from "./checks/releases.js";
import { REPOSITORY_CHECKS } from "./checks/repository.js";
import { SELECTION_CHECKS } from "./checks/selection.js";
import { SHELL_CHECKS } from "./checks/shell.js";
import { STARTUP_CHECKS } from "./checks/startup.js";
import { TARGET_CHECKS } from "./checks/target.js";
import { TOOLCHAIN_CHECKS } from "./checks/toolchain.js";
import { TOOLCHAIN_DOWNLOAD_CHECKS } from "./checks/toolchain-downloads.js";
import { TOOL_CHECKS } from "./checks/tools.js";
import { TREE_CHECKS } from "./checks/trees.js";
import { UNKNOWN_VARIABLE_CHECKS } from "./checks/unknown-variables.js";
import { WORKSPACE_CHECKS } from "./checks/workspace.js";
import { CACHE_MANUALS } from "./manual/caches.js";
import { GO_ENV_MANUALS } from "./manual/go-env.js";
import { GOBIN_MANUALS } from "./manual/gobin.js";
import { GOROOT_MANUALS } from "./manual/goroot.js";
import type { Manual, Manuals } from "./manual/manual.js";
import { NETWORK_MANUALS } from "./manual/network.js";
import { PATH_MANUALS } from "./manual/path.js";
import { PIPELINE_MANUALS } from "./manual/pipelines.js";
import { PLATFORM_MANUALS } from "./manual/platforms.js";
import { REPOSITORY_MANUALS } from "./manual/repository.js";
import { SELECTION_MANUALS } from "./manual/selection.js";

/** In the order in which their findings are to be dealt with. */
export const CHECKS: readonly Check[] = [
  ...REACH_CHECKS,
  ...PATH_CHECKS,
  ...OTHER_GO_CHECKS,
  ...PATH_ENTRY_CHECKS,
  ...SHELL_CHECKS,
  ...STARTUP_CHECKS,
  ...GOROOT_CHECKS,
  ...TREE_CHECKS,
  ...SELECTION_CHECKS,
  ...WORKSPACE_CHECKS,
  ...TOOLCHAIN_CHECKS,
  ...TOOLCHAIN_DOWNLOAD_CHECKS,
  ...RELEASE_CHECKS,
  ...GO_ENV_CHECKS,
  ...GO_FILES_CHECKS,
  ...BUILD_SETTING_CHECKS,
  ...TARGET_CHECKS,
  ...GOPATH_CHECKS,
  ...GOBIN_CHECKS,
  ...TOOL_CHECKS,
  ...UNKNOWN_VARIABLE_CHECKS,
  ...CACHE_CHECKS,
  ...DISK_CHECKS,
  ...NETWORK_CHECKS,
  ...PRIVATE_MODULE_CHECKS,
  ...PLATFORM_CHECKS,
  ...EDITOR_CHECKS,
  ...REPOSITORY_CHECKS,
  ...PIPELINE_CHECKS,
  ...DOCKER_CHECKS,
];

export const MANUALS: Manuals = {
  ...PATH_MANUALS,
  ...GOROOT_MANUALS,
  ...SELECTION_MANUALS,
  ...GO_ENV_MANUALS,
  ...GOBIN_MANUALS,
  ...CACHE_MANUALS,
  ...NETWORK_MANUALS,
  ...PLATFORM_MANUALS,
  ...REPOSITORY_MANUALS,
  ...PIPELINE_MANUALS,
};

export function findCheck(id: string): Check | undefined {
  return CHECKS.find((check) => check.id === id);
}

export function findManual(id: string): Manual | undefined {
  return Object.hasOwn(MANUALS, id) ? MANUALS[id] : undefined;
}
