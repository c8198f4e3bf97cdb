/** `gvt local`: the pin of the current directory. */
import { join } from "node:path";
import { EXIT_STATUS, GvtError } from "../errors.js";
import { escapePath } from "../go/escape.js";
import { type Command, isSet, refuseSpecWith } from "./command.js";
import { describePin, PINNING_OPTIONS, settlePin } from "./pinning.js";

export const local: Command = {
  name: "local",
  summary: "pin the version of this directory and those below it, in .go-version",
  operands: "[SPEC]",
  arity: [0, 1],
  description:
    "Installs the version first where it is not installed. A file holds data only: `latest`, `oldstable` and ranges " +
    "are looked up now and written as the exact version they lead to. Without a SPEC, prints what the nearest " +
    ".go-version or .tool-versions says.",
  options: PINNING_OPTIONS,
  examples: [
    { command: "gvt local 1.21.13", summary: "exactly this version here" },
    { command: "gvt local 1.22", summary: "the newest installed patch of a line" },
    { command: "gvt local latest", summary: "the newest release of today, by its exact version" },
    { command: "gvt local --unset", summary: "remove .go-version" },
  ],
  run: async (context, args) => {
    const { cwd, output } = context;
    const [word] = args.words;
    refuseSpecWith(args, "unset", "json");
    const path = join(cwd, ".go-version");
    const { removeVersionFile, writeVersionFile } = await import("./version-files.js");
    if (isSet(args, "unset")) {
      if (await removeVersionFile(path)) return 0;
      output.note(`nothing to take back: there is no ${escapePath(path)}`);
      return EXIT_STATUS.NEGATIVE;
    }
    if (word === undefined) {
      const { findPin } = await import("../select/pins.js");
      const pin = findPin(cwd, context.config.aliases);
      if (!pin) throw noPin();
      output.print(describePin(pin, isSet(args, "json") ? "json" : "text"));
      return 0;
    }
    await writeVersionFile(path, await settlePin(context, word, args));
    return 0;
  },
};

function noPin(): GvtError {
  return new GvtError("NEGATIVE", "no .go-version or .tool-versions here or above pins a version", {
    hint: "`gvt local 1.22` pins this directory, `gvt why` tells what runs here",
  });
}
