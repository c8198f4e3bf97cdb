import { rm } from "node:fs/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Cli, createCli } from "../support/cli.js";
import { writeReporter } from "../support/fake-toolchain.js";
import { findProgram } from "../support/programs.js";

let cli: Cli;

beforeEach(async () => {
  cli = await createCli({ installed: ["1.21.3", "1.22.6"] });
  await cli.gvt("rehash");
});

afterEach(() => cli.remove());

test.each(["sh", "dash", "bash", "ksh", "mksh", "zsh", "yash"])(
  "after gvt uninstall, %s no longer remembers where the shim was",
  async (name) => {
    const shell = findProgram(name, `gvt uninstall in ${name}`);
    if (shell === undefined) return;
    const elsewhere = cli.path("~/bin");
    await writeReporter(`${elsewhere}/go1.21.3`, "go1.21.3 elsewhere");
    const script = [
      `. "$HOME/.gvt/shell/env.sh"`,
      "go1.21.3 >/dev/null",
      "gvt uninstall 1.21.3 2>/dev/null",
      'echo "status $?"',
      "gvt uninstall 1.21.3 2>/dev/null",
      'echo "status $?"',
      "go1.21.3",
    ].join("\n");
    const env = { PATH: `${elsewhere}:/usr/bin:/bin` };
    const { stdout, stderr } = await cli.run([shell, "-c", script], { env });
    expect(stderr).toBe("");
    expect(stdout).toContain("status 0\nstatus 7\n");
    expect(stdout).toContain("go1.21.3 elsewhere");
    await rm(elsewhere, { recursive: true });
  },
);
