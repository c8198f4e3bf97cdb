/** Every vector, by subject. */
import { CACHE_VECTORS } from "./caches.js";
import { GO_ENV_VECTORS } from "./go-env.js";
import { GOBIN_VECTORS } from "./gobin.js";
import { GOROOT_VECTORS } from "./goroot.js";
import { PATH_VECTORS } from "./path.js";
import { PLATFORM_VECTORS } from "./platforms.js";
import { REPOSITORY_VECTORS } from "./repository.js";
import { SELECTION_VECTORS } from "./selection.js";
import type { Vector } from "./vector.js";

export const VECTORS: readonly Vector[] = [
  ...PATH_VECTORS,
  ...GOROOT_VECTORS,
  ...SELECTION_VECTORS,
  ...GO_ENV_VECTORS,
  ...GOBIN_VECTORS,
  ...CACHE_VECTORS,
  ...PLATFORM_VECTORS,
  ...REPOSITORY_VECTORS,
];
