/** All checks and their manual pages, by subject. A new check is one entry of a table here, and one manual page. */
import type { Check } from "./check.js";
import { CACHE_CHECKS } from "./checks/caches.js";
import { GO_ENV_CHECKS } from "./checks/go-env.js";
import { GOBIN_CHECKS } from "./checks/gobin.js";
import { GOROOT_CHECKS } from "./checks/goroot.js";
import { PATH_CHECKS } from "./checks/path.js";
import { PLATFORM_CHECKS } from "./checks/platforms.js";
import { REPOSITORY_CHECKS } from "./checks/repository.js";
import { SELECTION_CHECKS } from "./checks/selection.js";
import { STARTUP_CHECKS } from "./checks/startup.js";
import { TOOLCHAIN_CHECKS } from "./checks/toolchain.js";
import { CACHE_MANUALS } from "./manual/caches.js";
import { GO_ENV_MANUALS } from "./manual/go-env.js";
import { GOBIN_MANUALS } from "./manual/gobin.js";
import { GOROOT_MANUALS } from "./manual/goroot.js";
import type { Manual, Manuals } from "./manual/manual.js";
import { PATH_MANUALS } from "./manual/path.js";
import { PLATFORM_MANUALS } from "./manual/platforms.js";
import { REPOSITORY_MANUALS } from "./manual/repository.js";
import { SELECTION_MANUALS } from "./manual/selection.js";

/** In the order in which their findings are to be dealt with. */
export const CHECKS: readonly Check[] = [
  ...PATH_CHECKS,
  ...STARTUP_CHECKS,
  ...GOROOT_CHECKS,
  ...SELECTION_CHECKS,
  ...TOOLCHAIN_CHECKS,
  ...GO_ENV_CHECKS,
  ...GOBIN_CHECKS,
  ...CACHE_CHECKS,
  ...PLATFORM_CHECKS,
  ...REPOSITORY_CHECKS,
];

export const MANUALS: Manuals = {
  ...PATH_MANUALS,
  ...GOROOT_MANUALS,
  ...SELECTION_MANUALS,
  ...GO_ENV_MANUALS,
  ...GOBIN_MANUALS,
  ...CACHE_MANUALS,
  ...PLATFORM_MANUALS,
  ...REPOSITORY_MANUALS,
};

export function findCheck(id: string): Check | undefined {
  return CHECKS.find((check) => check.id === id);
}

export function findManual(id: string): Manual | undefined {
  return Object.hasOwn(MANUALS, id) ? MANUALS[id] : undefined;
}
