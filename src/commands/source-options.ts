/** The options that say where archives come from, as all commands have them that download. */
import { type Arguments, findOption, isSet, type OptionSpec } from "./command.js";
import type { SourceChoice } from "./obtain.js";

export const SOURCE_OPTIONS = {
  source: {
    type: "string",
    value: "DIR|URL|goproxy",
    summary: "take archives from here alone: a directory, a mirror laid out like go.dev/dl, the module proxy",
  },
  offline: { type: "boolean", summary: "open no connection; only directories serve" },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export function sourceChoiceOf(args: Arguments): SourceChoice {
  return { source: findOption(args, "source"), offline: isSet(args, "offline") };
}
