/** All worlds, by subject. */
import type { LabWorld } from "../world.js";
import { BUILD_SETTING_WORLDS } from "./build-settings.js";
import { CACHE_WORLDS } from "./caches.js";
import { DISK_WORLDS } from "./disks.js";
import { GO_ENV_WORLDS } from "./go-env.js";
import { GOBIN_WORLDS } from "./gobin.js";
import { GOPATH_WORLDS } from "./gopath.js";
import { GOROOT_WORLDS } from "./goroot.js";
import { HEALTHY_WORLDS } from "./healthy.js";
import { NETWORK_WORLDS, PRIVATE_MODULE_WORLDS } from "./network.js";
import { OTHER_GO_WORLDS } from "./other-gos.js";
import { OWNER_WORLDS } from "./owners.js";
import { PAIR_WORLDS } from "./pairs.js";
import { PATH_WORLDS } from "./path.js";
import { PATH_ENTRY_WORLDS } from "./path-entries.js";
import { DOCKER_WORLDS, PIPELINE_WORLDS } from "./pipelines.js";
import { EDITOR_WORLDS, PLATFORM_WORLDS } from "./platforms.js";
import { RELEASE_WORLDS, TOOLCHAIN_DOWNLOAD_WORLDS } from "./releases.js";
import { MONOREPO_WORLDS, REPOSITORY_WORLDS } from "./repository.js";
import { SELECTION_WORLDS } from "./selection.js";
import { SETTING_PAIR_WORLDS } from "./setting-pairs.js";
import { SHELL_WORLDS } from "./shell.js";
import { TARGET_WORLDS } from "./target.js";
import { TOOLCHAIN_WORLDS } from "./toolchain.js";
import { TOOL_WORLDS } from "./tools.js";
import { WORKSPACE_WORLDS } from "./workspace.js";

export const WORLDS: readonly LabWorld[] = [
  ...HEALTHY_WORLDS,
  ...PATH_WORLDS,
  ...PATH_ENTRY_WORLDS,
  ...OTHER_GO_WORLDS,
  ...SHELL_WORLDS,
  ...GOROOT_WORLDS,
  ...SELECTION_WORLDS,
  ...WORKSPACE_WORLDS,
  ...TOOLCHAIN_WORLDS,
  ...TOOLCHAIN_DOWNLOAD_WORLDS,
  ...RELEASE_WORLDS,
  ...GOBIN_WORLDS,
  ...GOPATH_WORLDS,
  ...TOOL_WORLDS,
  ...OWNER_WORLDS,
  ...GO_ENV_WORLDS,
  ...BUILD_SETTING_WORLDS,
  ...TARGET_WORLDS,
  ...PAIR_WORLDS,
  ...SETTING_PAIR_WORLDS,
  ...CACHE_WORLDS,
  ...DISK_WORLDS,
  ...NETWORK_WORLDS,
  ...PRIVATE_MODULE_WORLDS,
  ...PLATFORM_WORLDS,
  ...EDITOR_WORLDS,
  ...REPOSITORY_WORLDS,
  ...MONOREPO_WORLDS,
  ...PIPELINE_WORLDS,
  ...DOCKER_WORLDS,
];
