/** Every vector, by subject. */
import { BUILD_SETTING_VECTORS } from "./build-settings.js";
import { CACHE_VECTORS } from "./caches.js";
import { GO_ENV_VECTORS } from "./go-env.js";
import { GOBIN_VECTORS } from "./gobin.js";
import { GOPATH_VECTORS } from "./gopath.js";
import { GOROOT_VECTORS } from "./goroot.js";
import { NETWORK_VECTORS } from "./network.js";
import { OTHER_GO_VECTORS } from "./other-gos.js";
import { PATH_VECTORS } from "./path.js";
import { PATH_ENTRY_VECTORS } from "./path-entries.js";
import { PIPELINE_VECTORS } from "./pipelines.js";
import { PLATFORM_VECTORS } from "./platforms.js";
import { RELEASE_VECTORS } from "./releases.js";
import { REPOSITORY_VECTORS } from "./repository.js";
import { SELECTION_VECTORS } from "./selection.js";
import { SHELL_VECTORS } from "./shell.js";
import { TARGET_VECTORS } from "./target.js";
import { TOOLCHAIN_VECTORS } from "./toolchain.js";
import { TOOL_VECTORS } from "./tools.js";
import { TREE_VECTORS } from "./trees.js";
import type { Vector } from "./vector.js";
import { WORKSPACE_VECTORS } from "./workspace.js";

export const VECTORS: readonly Vector[] = [
  ...PATH_VECTORS,
  ...GOROOT_VECTORS,
  ...RELEASE_VECTORS,
  ...TOOLCHAIN_VECTORS,
  ...WORKSPACE_VECTORS,
  ...TREE_VECTORS,
  ...SHELL_VECTORS,
  ...PATH_ENTRY_VECTORS,
  ...OTHER_GO_VECTORS,
  ...SELECTION_VECTORS,
  ...GO_ENV_VECTORS,
  ...BUILD_SETTING_VECTORS,
  ...TARGET_VECTORS,
  ...GOPATH_VECTORS,
  ...GOBIN_VECTORS,
  ...TOOL_VECTORS,
  ...CACHE_VECTORS,
  ...PLATFORM_VECTORS,
  ...REPOSITORY_VECTORS,
  ...PIPELINE_VECTORS,
  ...NETWORK_VECTORS,
];
