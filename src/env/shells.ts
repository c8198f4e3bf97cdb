/** The shells gvt speaks to: how each quotes a value, sets and unsets a variable. A new shell is one more row. Pure. */
import { GvtError } from "../errors.js";
import { escapeText } from "../go/escape.js";

export type ShellName = "sh" | "bash" | "zsh" | "fish";

export interface Shell {
  readonly name: ShellName;
  /** Any text as one word that this shell reads back unchanged. */
  quote(text: string): string;
  renderSet(variable: string, value: string): string;
  renderUnset(variable: string): string;
}

/** Nothing is special between single quotes; a quote itself stands outside of them. */
function posixQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function posixShell(name: ShellName): Shell {
  return {
    name,
    quote: posixQuote,
    renderSet: (variable, value) => `export ${variable}=${posixQuote(value)}`,
    renderUnset: (variable) => `unset ${variable}`,
  };
}

/** In fish's single quotes, backslash and quote are escaped by a backslash. */
function fishQuote(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}

export const SHELLS: Readonly<Record<ShellName, Shell>> = {
  sh: posixShell("sh"),
  bash: posixShell("bash"),
  zsh: posixShell("zsh"),
  fish: {
    name: "fish",
    quote: fishQuote,
    // fish keeps PATH as a list; a colon in its text separates the entries.
    renderSet: (variable, value) =>
      variable === "PATH"
        ? `set -gx PATH ${value.split(":").map(fishQuote).join(" ")}`
        : `set -gx ${variable} ${fishQuote(value)}`,
    renderUnset: (variable) => `set -e ${variable}`,
  },
};

/** Throws `USAGE` for a shell that gvt does not speak to; `instead` goes on with the sentence about those it does. */
export function requireShell(text: string, instead = ""): Shell {
  const found = findShell(text);
  if (found) return found;
  throw new GvtError("USAGE", `gvt does not know the shell \`${escapeText(text)}\``, {
    hint: `it knows ${Object.keys(SHELLS).join(", ")}${instead}`,
  });
}

/** Finds a shell by its name or by a path such as `/usr/bin/zsh`. */
export function findShell(text: string): Shell | undefined {
  const name = text.slice(text.lastIndexOf("/") + 1).replace(/^-/, "");
  if (Object.hasOwn(SHELLS, name)) return SHELLS[name as ShellName];
  // Korn shells and busybox read what sh reads.
  return ["dash", "ash", "ksh", "mksh", "yash"].includes(name) ? SHELLS.sh : undefined;
}
