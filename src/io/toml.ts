/** TOML text to a plain table. The only importer of `smol-toml`. */
import { parse } from "smol-toml";

/** Throws an error whose message names line and column. */
export function parseToml(text: string): Record<string, unknown> {
  return parse(text);
}
