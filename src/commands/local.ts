/** `gvt local`: the pin of the current directory. */
import { join } from "node:path";
import { EXIT_STATUS, GvtError } from "../errors.js";
import { escapePath } from "../go/escape.js";
import { type Command, isSet, refuseSpecWithUnset } from "./command.js";
import { PINNING_OPTIONS, settlePin } from "./pinning.js";

export const local: Command = {
  name: "local",
  summary: "pin the version of this directory and those below it, in .go-version",
  operands: "[SPEC]",
  arity: [0, 1],
  description:
    "Installs the version first where it is not installed. Without a SPEC, prints what the nearest .go-version or\n" +
    ".tool-versions says.",
  options: PINNING_OPTIONS,
  examples: [
    { command: "gvt local 1.21.13", summary: "exactly this version here" },
    { command: "gvt local 1.22", summary: "the newest installed patch of a line" },
    { command: "gvt local --unset", summary: "remove .go-version" },
  ],
  run: async (context, args) => {
    const { cwd, output } = context;
    const [word] = args.words;
    refuseSpecWithUnset(args);
    const path = join(cwd, ".go-version");
    const { removeVersionFile, writeVersionFile } = await import("./version-files.js");
    if (isSet(args, "unset")) {
      if (await removeVersionFile(path)) return 0;
      output.note(`there is no ${escapePath(path)}`);
      return EXIT_STATUS.NEGATIVE;
    }
    if (word === undefined) {
      const { findPin } = await import("../select/pins.js");
      const pin = await findPin(cwd, context.config.aliases);
      if (pin?.origin.kind !== "file") throw noPin();
      output.print(pin.origin.text);
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
