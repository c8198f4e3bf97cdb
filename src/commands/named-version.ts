/** Words that name single toolchains of the store, for commands that must not guess which one is meant. */
import { GvtError } from "../errors.js";
import { escapeText } from "../go/escape.js";
import { parseSelector } from "../go/selector.js";
import { formatGoVersion, type GoVersion, isInLine, isSameVersion } from "../go/version.js";

/** Each version once: what was named exactly, or is the only installed one of its line. `command` is for hints. */
export function parseNamedVersions(
  words: readonly string[],
  installed: readonly GoVersion[],
  command: string,
): GoVersion[] {
  const versions = words.map((word) => parseNamedVersion(word, installed, command));
  return versions.filter(
    (version, place) => versions.findIndex((other) => isSameVersion(other, version)) === place,
  );
}

function parseNamedVersion(word: string, installed: readonly GoVersion[], command: string): GoVersion {
  const selector = parseSelector(word);
  // A directory without a receipt is not installed, but can be named exactly.
  if (selector.kind === "exact") return selector.version;
  if (selector.kind !== "line") {
    throw new GvtError("USAGE", `\`${escapeText(word)}\` names no single version`, {
      hint: `name the version to ${command}: \`gvt list\` shows what is installed`,
    });
  }
  const candidates = installed.filter((version) => isInLine(version, selector.line));
  const [only] = candidates;
  if (only && candidates.length === 1) return only;
  const names = candidates.map(formatGoVersion);
  throw only ? ambiguous(word, names, `gvt ${command} ${formatGoVersion(only)}`) : noneOfLine(word);
}

function ambiguous(word: string, versions: readonly string[], precise: string): GvtError {
  return new GvtError("USAGE", `\`${word}\` could mean ${versions.join(", ")}`, {
    hint: `name one: \`${precise}\``,
  });
}

function noneOfLine(word: string): GvtError {
  return new GvtError("NOT_INSTALLED", `no Go of the line ${word} is installed`, {
    hint: "`gvt list` shows what is installed",
  });
}
