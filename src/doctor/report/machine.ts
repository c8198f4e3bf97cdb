/** What a reader far away must know of the machine, in rows. Pure. */
import { formatPlatform } from "../../go/platform.js";
import { toolchainName } from "../../go/version.js";
import { describeOrigin } from "../../select/selection.js";
import type { Snapshot } from "../snapshot.js";
import { findGo } from "./text.js";

export type Row = readonly [name: string, value: string];

export function describeMachine(snapshot: Snapshot): readonly Row[] {
  const { platform, host, user, root, gvt, taken, cwd } = snapshot;
  return [
    ["gvt", `${gvt} at ${root.path}`],
    ["taken", taken],
    ["platform", `${formatPlatform(platform)}, kernel ${host.release}${host.wsl ? ", WSL" : ""}`],
    ["shell", user.shell ?? "unknown"],
    ["directory", cwd],
    ["go", findGo(snapshot) ?? "none is found"],
    ["decided", describeDecision(snapshot)],
    ["installed", root.installed.join(" ") || "nothing"],
  ];
}

function describeDecision({ selection: outcome }: Snapshot): string {
  if (outcome.kind === "failed") return outcome.message;
  if (outcome.kind === "unanswered") return "a place that it depends on does not answer";
  const { selection } = outcome;
  const by = `by ${describeOrigin(selection.origin)} (${selection.rule})`;
  switch (selection.kind) {
    case "toolchain":
      return `${toolchainName(selection.version)} ${by}`;
    case "system":
      return `system ${by}`;
    case "missing":
      return `what is not installed, ${by}`;
  }
}

/** The variables that Go and gvt read; PATH has a picture of its own. */
export function describeVariables({ env }: Snapshot): readonly Row[] {
  return Object.entries(env)
    .filter(([name, value]) => /^(?:GO|CGO_|GVT_)/.test(name) && value !== undefined)
    .map(([name, value]): Row => [name, value ?? ""])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
