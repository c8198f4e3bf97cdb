/** TOML text to a plain table. The only importer of `smol-toml`. */
import { parse, TomlError } from "smol-toml";

/** Throws an error whose message is one line and names the line at fault. */
export function parseToml(text: string): Record<string, unknown> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [reason = ""] = error.message.replace(/^.*?: /, "").split("\n");
    throw new Error(`line ${error.line}: ${reason}`, { cause: error });
  }
}
