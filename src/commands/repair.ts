/** `gvt repair`: damaged toolchains as they were published. */
import type { Context } from "../context.js";
import { escapePath } from "../go/escape.js";
import { toolchainName } from "../go/version.js";
import type { OnInstallEvent } from "../install/events.js";
import type { Output } from "../io/terminal.js";
import { type Inspection, inspectToolchain } from "../store/comparison.js";
import { listInstalled } from "../store/store.js";
import { type Arguments, type Command, isSet } from "./command.js";
import { showFailures } from "./error-text.js";
import { describeInspection, renderInspection, renderPaths } from "./inspection-text.js";
import {
  jsonEvents,
  printEvent,
  printRefusal,
  renderFailure,
  renderWitnesses,
  textEvents,
} from "./install-report.js";
import { parseNamedVersions } from "./named-version.js";
import type { RepairResult } from "./obtain.js";
import { SOURCE_OPTIONS, sourceChoiceOf } from "./source-options.js";

export const repair: Command = {
  name: "repair",
  summary: "restore damaged toolchains as they were published",
  operands: "VERSION…",
  arity: [1, Number.POSITIVE_INFINITY],
  description:
    "Compares each toolchain with its manifest. One that differs is replaced by the same release, obtained and verified " +
    "anew; one that is whole is left alone. Programs that were added to its bin stay; other files that were added do not.",
  options: {
    clean: { type: "boolean", summary: "remove what was added to bin too" },
    ...SOURCE_OPTIONS,
    json: { type: "boolean", summary: "print one event a line as JSON" },
  },
  examples: [
    { command: "gvt repair 1.22.6", summary: "one toolchain" },
    {
      command: "gvt repair --offline --source /media/usb/go 1.22.6",
      summary: "from a folder of downloaded archives",
    },
  ],
  run: async (context, args) => {
    const report = isSet(args, "json") ? jsonReport(context.output) : textReport(context);
    try {
      return await repairNamed(context, args, report);
    } catch (error) {
      report.refuse(error);
      throw error;
    }
  },
};

interface RepairReport {
  readonly onEvent: OnInstallEvent;
  /** Called once for each version, before anything is done. */
  readonly start: (inspection: Inspection) => void;
  /** Called once for each version, at the end. */
  readonly finish: (result: RepairResult) => void;
  /** Called where nothing was tried. */
  readonly refuse: (error: unknown) => void;
}

async function repairNamed(context: Context, args: Arguments, report: RepairReport): Promise<number> {
  const { layout, output, signal } = context;
  const versions = parseNamedVersions(args.words, listInstalled(layout), "repair");
  const inspections: Inspection[] = [];
  for (const version of versions) inspections.push(await inspectToolchain(layout, version, signal));
  for (const inspection of inspections) report.start(inspection);
  const { repairToolchains } = await import("./obtain.js");
  const results = await repairToolchains(context, inspections, {
    ...sourceChoiceOf(args),
    onEvent: report.onEvent,
    addedPrograms: isSet(args, "clean") ? "remove" : "keep",
  });
  for (const result of results) report.finish(result);
  return showFailures(results, output);
}

function textReport(context: Context): RepairReport {
  const { output } = context;
  return {
    start: (inspection: Inspection): void => {
      for (const line of renderInspection(inspection)) output.note(line);
    },
    onEvent: textEvents(context, "repairing"),
    finish: (result: RepairResult): void => {
      const name = toolchainName(result.version);
      if (result.kind === "whole") output.note(`${name} needs no repair`);
      if (result.kind !== "repaired") return;
      for (const line of renderPaths("kept", result.kept.map(escapePath))) output.note(line);
      for (const line of renderPaths("removed", result.removed.map(escapePath))) output.note(line);
      output.note(`${name} is repaired; vouched for by ${renderWitnesses(result.receipt)}`);
    },
    refuse: () => undefined, // the error itself is shown
  };
}

function jsonReport(output: Output): RepairReport {
  return {
    start: (inspection: Inspection): void =>
      printEvent(output, "inspect", inspection.version, describeInspection(inspection)),
    onEvent: jsonEvents(output),
    finish: (result: RepairResult): void => {
      const { kind, version } = result;
      if (kind === "failed") printEvent(output, kind, version, renderFailure(result.error));
      else if (kind === "whole") printEvent(output, kind, version, { goroot: result.goroot });
      else {
        const { goroot, kept, removed } = result;
        printEvent(output, kind, version, { goroot, kept, removed });
      }
    },
    refuse: (error) => printRefusal(output, error),
  };
}
