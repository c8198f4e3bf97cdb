import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { createOutput } from "../../src/io/terminal.js";

/** A terminal at which somebody does `act` when asked a question. */
function terminal(act: (stdin: PassThrough) => void) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const written: string[] = [];
  const write = (text: string): void => {
    written.push(text);
    if (text.endsWith("[y/N] ")) act(stdin);
  };
  const stream = { isTTY: true, write };
  const output = createOutput({
    stdin: () => stdin as unknown as NodeJS.ReadStream,
    stdout: stream,
    stderr: stream,
    colour: false,
    debug: false,
  });
  return { output, written };
}

const uninterrupted = new AbortController().signal;

test.each([
  ["y\n", true],
  ["Yes \r\n", true],
  ["n\n", false],
  ["\n", false],
  ["yellow\n", false],
])("%j answers a question with %s", async (text, answer) => {
  const { output } = terminal((stdin) => stdin.write(text));
  expect(await output.confirm("well?", uninterrupted)).toBe(answer);
});

test("the end of the input answers a question with no", async () => {
  const { output } = terminal((stdin) => stdin.end());
  expect(await output.confirm("well?", uninterrupted)).toBe(false);
});

test("whoever interrupts a question has not answered it, and is not kept waiting", async () => {
  const interruption = new AbortController();
  const { output, written } = terminal(() => setImmediate(() => interruption.abort("SIGINT")));
  await expect(output.confirm("well?", interruption.signal)).rejects.toMatchObject({ code: "INTERRUPTED" });
  expect(written.join("")).toBe("well? [y/N] \n");
});
