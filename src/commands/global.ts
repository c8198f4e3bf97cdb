/** `gvt global`: the default version. */
import { EXIT_STATUS, GvtError } from "../errors.js";
import { type Command, isSet, refuseSpecWithUnset } from "./command.js";
import { PINNING_OPTIONS, settlePin } from "./pinning.js";

export const global: Command = {
  name: "global",
  summary: "set the default, used where nothing else speaks",
  operands: "[SPEC]",
  arity: [0, 1],
  description: "Installs the version first where it is not installed. Without a SPEC, prints the default.",
  options: PINNING_OPTIONS,
  examples: [
    { command: "gvt global 1.23", summary: "the newest installed patch of a line" },
    { command: "gvt global latest", summary: "the newest release there is, by its exact version" },
    { command: "gvt global --unset", summary: "have no default: the system's Go runs where nothing speaks" },
  ],
  run: async (context, args) => {
    const { layout, output } = context;
    const [word] = args.words;
    refuseSpecWithUnset(args);
    const { removeVersionFile, writeVersionFile } = await import("./version-files.js");
    if (isSet(args, "unset")) {
      if (await removeVersionFile(layout.defaultVersion)) return 0;
      output.note("there is no default");
      return EXIT_STATUS.NEGATIVE;
    }
    if (word === undefined) {
      const { findDefault } = await import("../select/pins.js");
      const pin = await findDefault(layout.defaultVersion, context.config.aliases);
      if (pin?.origin.kind !== "file") throw noDefault();
      output.print(pin.origin.text);
      return 0;
    }
    await writeVersionFile(layout.defaultVersion, await settlePin(context, word, args));
    return 0;
  },
};

function noDefault(): GvtError {
  return new GvtError("NEGATIVE", "there is no default", { hint: "`gvt global latest` sets one" });
}
