/** Versions as CI files, image tags and version files of several tools state them: which of them agree. Pure. */
import {
  compareInGoOrder,
  findGoVersion,
  findLanguageVersion,
  type GoVersion,
  isExact,
  type LanguageVersion,
} from "../go/version.js";
import type { StatedVersion } from "./governing.js";

/** An exact version, or a line of which the newest is meant. */
export type StatedPin = GoVersion | LanguageVersion;

/** Undefined for what is no version or leaves the line open: `stable`, `^1.21`, `1.x`. */
export function findPin(text: string): StatedPin | undefined {
  const plain = text.replace(/^(?:~|v|go)/, "").replace(/\.[x*]$/, "");
  // Where a line is meant: `~1.22.3` is any 1.22, and a tool that is asked for 1.20 takes the newest.
  if (text.startsWith("~")) return findLanguageVersion(plain.split(".").slice(0, 2).join("."));
  return findLanguageVersion(plain) ?? findGoVersion(plain);
}

/** The tag of an image without what names its base: `1.22.6-alpine3.20`. Undefined where it names no version. */
export function findTagPin(tag: string): StatedPin | undefined {
  return findPin(tag.split("-")[0] ?? "");
}

/** Whether even the newest that a pin allows is too old. */
export function isBelow(pin: StatedPin, floor: StatedVersion): boolean {
  if (isExact(pin)) return compareInGoOrder(pin, floor.version) < 0;
  return pin.minor < floor.version.minor;
}

/** Whether one version can satisfy both. */
export function agree(a: StatedPin, b: StatedPin): boolean {
  if (isExact(a) && isExact(b)) return compareInGoOrder(a, b) === 0;
  return a.minor === b.minor;
}
