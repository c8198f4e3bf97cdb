/** GOTOOLCHAIN as Go 1.21 and later read it (https://go.dev/doc/toolchain#GOTOOLCHAIN). Pure. */
import { findToolchainName, type GoVersion } from "../go/version.js";

export type ToolchainSetting =
  | {
      readonly kind: "valid";
      /** The toolchain it starts from; undefined for the local one. */
      readonly base: GoVersion | undefined;
      readonly switches: "never" | "path" | "auto";
    }
  | { readonly kind: "invalid" };

export function parseToolchainSetting(value: string): ToolchainSetting {
  if (value === "auto") return { kind: "valid", base: undefined, switches: "auto" };
  if (value === "path") return { kind: "valid", base: undefined, switches: "path" };
  const [name = "", mode, ...rest] = value.split("+");
  if (rest.length > 0 || (mode !== undefined && mode !== "auto" && mode !== "path"))
    return { kind: "invalid" };
  const base = name === "local" ? undefined : findToolchainName(name);
  if (name !== "local" && !base) return { kind: "invalid" };
  return { kind: "valid", base, switches: mode ?? "never" };
}
