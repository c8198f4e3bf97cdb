/** `gvt global`: the default version. */
import { EXIT_STATUS, GvtError } from "../errors.js";
import { type Command, isSet, refuseSpecWith } from "./command.js";
import { describePin, PINNING_OPTIONS, settlePin } from "./pinning.js";

export const global: Command = {
  name: "global",
  summary: "set the default, used where nothing else speaks",
  operands: "[SPEC]",
  arity: [0, 1],
  description:
    "Installs the version first where it is not installed. `latest`, `oldstable` and ranges are looked up now and " +
    "written as the exact version they lead to. Without a SPEC, prints the default.",
  options: PINNING_OPTIONS,
  examples: [
    { command: "gvt global 1.23", summary: "the newest installed patch of a line" },
    { command: "gvt global latest", summary: "the newest release there is, by its exact version" },
    { command: "gvt global --unset", summary: "have no default: the system's Go runs where nothing speaks" },
  ],
  run: async (context, args) => {
    const { layout, output } = context;
    const [word] = args.words;
    refuseSpecWith(args, "unset", "json");
    const { removeVersionFile, writeVersionFile } = await import("./version-files.js");
    if (isSet(args, "unset")) {
      if (await removeVersionFile(layout.defaultVersion)) return 0;
      output.note("nothing to take back: there is no default");
      return EXIT_STATUS.NEGATIVE;
    }
    if (word === undefined) {
      const { findDefault } = await import("../select/pins.js");
      const pin = findDefault(layout.defaultVersion, context.config.aliases);
      if (!pin) throw noDefault();
      output.print(describePin(pin, isSet(args, "json") ? "json" : "text"));
      return 0;
    }
    await writeVersionFile(layout.defaultVersion, await settlePin(context, word, args));
    return 0;
  },
};

function noDefault(): GvtError {
  return new GvtError("NEGATIVE", "there is no default", { hint: "`gvt global latest` sets one" });
}
