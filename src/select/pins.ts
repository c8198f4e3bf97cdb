/** Pins: what people have decided, in the environment, in the files of a directory tree, or as the default. */
import { dirname, join } from "node:path";
import { GvtError, isGvtError } from "../errors.js";
import { escapeText } from "../go/escape.js";
import { type FileSelector, findFileSelector, resolveAlias, type VersionSelector } from "../go/selector.js";
import { findToolVersion, parseVersionFile, type VersionStatement } from "../go/version-file.js";
import type { Origin, Wanted } from "./selection.js";
import { isThere, parseNaming, readVersionText } from "./version-text.js";

export type Aliases = Readonly<Record<string, string>>;

export interface Pin {
  readonly selector: Wanted | { readonly kind: "system" };
  readonly origin: Origin;
}

/** A pin found in a directory. */
export interface PlacedPin extends Pin {
  readonly directory: string;
}

/** A file that is longer is no version file, to whoever reads one and to the shim. */
export const MAX_PIN_BYTES = 4 << 10;

/** In one directory, the first of these that states a version counts. */
const VERSION_FILES: readonly {
  readonly name: string;
  readonly parse: (text: string) => VersionStatement | undefined;
}[] = [
  { name: ".go-version", parse: parseVersionFile },
  { name: ".tool-versions", parse: findToolVersion },
];

/** Every directory from `start` up to the root of the file system. */
export function* upwardFrom(start: string): Generator<string> {
  let directory = start;
  for (;;) {
    yield directory;
    const parent = dirname(directory);
    if (parent === directory) return;
    directory = parent;
  }
}

/** The nearest pin, walking up. Throws `BAD_VERSION_FILE` where it cannot be read as one. */
export function findPin(cwd: string, aliases: Aliases): PlacedPin | undefined {
  for (const directory of upwardFrom(cwd)) {
    for (const { name, parse } of VERSION_FILES) {
      const pin = findPinIn(join(directory, name), parse, aliases);
      if (pin) return { ...pin, directory };
    }
  }
  return undefined;
}

/** What `gvt global` has written. */
export function findDefault(path: string, aliases: Aliases): Pin | undefined {
  return findPinIn(path, parseVersionFile, aliases);
}

export function findEnvironmentPin(
  variable: string,
  text: string | undefined,
  aliases: Aliases,
): Pin | undefined {
  if (text === undefined || text === "") return undefined;
  const origin: Origin = { kind: "environment", variable, text };
  try {
    const selector = findFileSelector(text);
    if (!selector) throw notAPin(variable, text);
    return { selector: resolveAlias(selector, aliases), origin };
  } catch (error) {
    if (!isGvtError(error, "BAD_SELECTOR")) throw error;
    throw badVariable(variable, error);
  }
}

function findPinIn(
  path: string,
  parse: (text: string) => VersionStatement | undefined,
  aliases: Aliases,
): Pin | undefined {
  if (!isThere(path)) return undefined;
  const statement = readVersionText(path, MAX_PIN_BYTES, parse);
  if (!statement) return undefined;
  const { line, text } = statement;
  return {
    selector: parseNaming(path, () => resolveAliasAt(statement.selector, line, aliases)),
    origin: { kind: "file", path, line, text },
  };
}

function resolveAliasAt(
  selector: FileSelector,
  line: number,
  aliases: Aliases,
): Exclude<VersionSelector, { kind: "alias" }> {
  try {
    return resolveAlias(selector, aliases);
  } catch (error) {
    if (!isGvtError(error, "BAD_SELECTOR")) throw error;
    throw new GvtError("BAD_SELECTOR", `line ${line}: ${error.message}`, { hint: error.hint, cause: error });
  }
}

function notAPin(variable: string, text: string): GvtError {
  return new GvtError("BAD_SELECTOR", `\`${escapeText(text)}\` is no version, line or alias`, {
    hint: `\`unset ${variable}\`, or set it to a version (\`1.22.6\`) or a line (\`1.22\`)`,
  });
}

function badVariable(variable: string, cause: GvtError): GvtError {
  return new GvtError("BAD_SELECTOR", `cannot read a Go version from ${variable}: ${cause.message}`, {
    hint: cause.hint,
    cause,
  });
}
