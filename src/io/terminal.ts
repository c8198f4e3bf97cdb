/**
 * The only writer of stdout and stderr: answers go to stdout, everything else to stderr; colour and progress only
 * where a person watches.
 */
import { GvtError } from "../errors.js";

/** What this module needs of a stream: asked anew each time, and only where it matters. */
export interface TextStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

export type Style = "red" | "green" | "cyan";

export interface Output {
  /** True where stderr is a terminal that a person watches. */
  readonly interactive: boolean;
  /** Columns of the terminal, 80 where there is none. */
  readonly columns: number;
  /** One line of the answer, to stdout. */
  print(line: string): void;
  /** One line about the work, to stderr. */
  note(line: string): void;
  /** One line of the trace that `GVT_DEBUG=1` asks for, to stderr. */
  trace(line: string): void;
  /** Replaces the progress line on a terminal; nothing elsewhere. Any other line clears it first. */
  progress(line: string): void;
  /** Text in a style where stderr has colour, the same text elsewhere. */
  style(style: Style, text: string): string;
  /** Asks a question that takes yes or no; undefined where nobody is there to answer. Throws `INTERRUPTED`. */
  confirm(question: string, signal: AbortSignal): Promise<boolean | undefined>;
}

export interface OutputOptions {
  /** A function, because merely opening it costs Node milliseconds. */
  readonly stdin: () => NodeJS.ReadStream;
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  /** False where `NO_COLOR` is set or the terminal is dumb. */
  readonly colour: boolean;
  readonly debug: boolean;
}

const CODES: Readonly<Record<Style, readonly [number, number]>> = {
  red: [31, 39],
  green: [32, 39],
  cyan: [36, 39],
};

export function createOutput({ stdin, stdout, stderr, colour, debug }: OutputOptions): Output {
  const isInteractive = (): boolean => stderr.isTTY === true;
  let progressShown = false;

  const clearProgress = (): void => {
    if (!progressShown) return;
    stderr.write("\r\x1b[K");
    progressShown = false;
  };
  const writeTo = (stream: TextStream, line: string): void => {
    clearProgress();
    stream.write(`${line}\n`);
  };

  return {
    get interactive() {
      return isInteractive();
    },
    get columns() {
      return stderr.columns ?? 80;
    },
    print: (line) => writeTo(stdout, line),
    note: (line) => writeTo(stderr, line),
    trace: (line) => {
      if (debug) writeTo(stderr, `debug: ${line}`);
    },
    progress: (line) => {
      if (!isInteractive()) return;
      stderr.write(`\r${line}\x1b[K`);
      progressShown = line !== "";
    },
    style: (style, text) => {
      if (!colour || !isInteractive()) return text;
      const [on, off] = CODES[style];
      return `\x1b[${on}m${text}\x1b[${off}m`;
    },
    confirm: async (question, signal) => {
      const input = stdin();
      if (!isInteractive() || !input.isTTY) return undefined;
      clearProgress();
      stderr.write(`${question} [y/N] `);
      const { createInterface } = await import("node:readline");
      const lines = createInterface({ input, signal });
      try {
        for await (const line of lines) return /^y(es)?$/i.test(line.trim());
        if (!signal.aborted) return false;
        stderr.write("\n");
        throw new GvtError("INTERRUPTED", "interrupted before the answer");
      } finally {
        lines.close();
      }
    },
  };
}
