/**
 * The grammar of the file that `go env -w` writes and of `$GOROOT/go.env`, as the go command reads it: `KEY=VALUE`
 * with nothing quoted or expanded. Pure.
 */

/** What a go-env file says of one variable, and on which line (from 1). */
export interface GoEnvSetting {
  readonly value: string;
  readonly line: number;
}

/**
 * The last line for a variable counts. A line that does not begin with A–Z (a comment, `export X=…`, a first line
 * behind a byte order mark) or has no `=` is passed over in silence, as Go does; spaces and a CR belong to the value.
 */
export function parseGoEnvFile(text: string): ReadonlyMap<string, GoEnvSetting> {
  const settings = new Map<string, GoEnvSetting>();
  for (const [index, line] of text.split("\n").entries()) {
    const equals = line.indexOf("=");
    if (equals > 0 && /^[A-Z]/.test(line)) {
      settings.set(line.slice(0, equals), { value: line.slice(equals + 1), line: index + 1 });
    }
  }
  return settings;
}
