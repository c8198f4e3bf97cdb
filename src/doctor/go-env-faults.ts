/**
 * What is wrong with lines of the go-env file that Go passes over in silence, or takes more literally than whoever wrote
 * them meant. Pure.
 */
import { parseGoEnvFile } from "../go/go-env-file.js";

export interface LineFault {
  /** From 1. */
  readonly line: number;
  readonly before: string;
  /** The variable that the line is about. */
  readonly variable?: string | undefined;
  /** What Go makes of the line, in a few words. */
  readonly fault: string;
  /** The line as it was meant; without it, the line has no effect, or none that can be told, and may go. */
  readonly after?: string | undefined;
  /** Without the line everything would be as it is. */
  readonly harmless: boolean;
}

export interface FaultInput {
  readonly text: string;
  readonly home: string | undefined;
  /** Whether the go command knows the variable. */
  readonly isKnown: (variable: string) => boolean;
  /** Whether the environment sets the variable: then the file's value does not count. */
  readonly isOverridden: (variable: string) => boolean;
}

const PATHS: ReadonlySet<string> = new Set([
  "GOBIN",
  "GOCACHE",
  "GOMODCACHE",
  "GOPATH",
  "GOTMPDIR",
  "GOWORK",
]);
/** Go splits these into words, with quotes, and trims the entries of GOPROXY: spaces around them are nothing. */
const WORDS = /^(?:AR|CC|CXX|FC|GCCGO|PKG_CONFIG|GOFLAGS|GOAUTH|GOCACHEPROG|GOGCCFLAGS|CGO_\w*FLAGS)$/;
const BOM = "\ufeff";

export function findGoEnvFaults(input: FaultInput): readonly LineFault[] {
  const settings = parseGoEnvFile(input.text);
  return input.text.split("\n").flatMap((before, index) => {
    const line = index + 1;
    const bare = before.replace(BOM, "").trim();
    if (bare === "" || bare.startsWith("#")) return [];
    const equals = before.indexOf("=");
    if (equals < 1 || !/^[A-Z]/.test(before)) return [passedOver(before, line, bare, input)];
    const variable = before.slice(0, equals);
    if (variable.trim() !== variable && input.isKnown(variable.trim()))
      return [passedOver(before, line, bare, input)];
    // Its own check has every line of it taken out.
    // Another check says that the environment's value hides this one.
    if (variable === "GOROOT" || input.isOverridden(variable)) return [];
    const counting = settings.get(variable)?.line ?? line;
    const found =
      counting === line
        ? findFault(variable, before.slice(equals + 1), input)
        : { fault: `line ${counting} sets ${variable} again, and that one counts`, harmless: true };
    return found ? [{ line, before, variable, ...found }] : [];
  });
}

/** A line that sets nothing today: it is written as it was meant where that sets nothing twice. */
function passedOver(before: string, line: number, bare: string, input: FaultInput): LineFault {
  const [, exported = "", variable = "", value = ""] = /^(export\s+)?(\w+)\s*=(.*)$/.exec(bare) ?? [];
  const fault = before.startsWith(BOM)
    ? "a byte order mark hides this line from Go"
    : exported !== ""
      ? "`export` hides this line from Go"
      : /^\w+\s+=/.test(bare)
        ? "the space before `=` belongs to the name"
        : "Go reads only lines that begin with NAME=";
  const isFree =
    input.isKnown(variable) &&
    variable !== "GOROOT" &&
    !input.isOverridden(variable) &&
    !parseGoEnvFile(input.text).has(variable);
  const meant = isFree ? cleanValue(variable, value, input.home).value : undefined;
  return {
    line,
    before,
    variable: variable === "" ? undefined : variable,
    fault,
    after: meant ? `${variable}=${meant}` : undefined,
    harmless: false,
  };
}

type Found = Pick<LineFault, "fault" | "after" | "harmless">;

function findFault(variable: string, value: string, input: FaultInput): Found | undefined {
  if (!input.isKnown(variable)) return { fault: `Go knows no variable \`${variable}\``, harmless: true };
  const { value: meant, faults } = cleanValue(variable, value, input.home);
  if (faults.length === 0) return undefined;
  return { fault: faults.join(", and "), after: meant ? `${variable}=${meant}` : undefined, harmless: false };
}

/** The value as it was meant, undefined where only a running shell could tell, and what keeps Go from reading it so. */
function cleanValue(
  variable: string,
  value: string,
  home: string | undefined,
): { readonly value: string | undefined; readonly faults: readonly string[] } {
  if (WORDS.test(variable)) return { value: value.trim(), faults: [] };
  const faults: string[] = [];
  let meant = value;
  if (/\s$|^\s/.test(meant) && variable !== "GOPROXY") {
    faults.push(
      meant.endsWith("\r")
        ? "the carriage return at its end belongs to the value"
        : "spaces belong to the value",
    );
  }
  meant = meant.trim();
  const bare = meant.replace(/(?:^|\s+)#.*$/, "");
  if (bare !== meant) {
    faults.push("the comment belongs to the value");
    meant = bare;
  }
  const quoted = /^(["'])(.*)\1$/.exec(meant)?.[2];
  if (quoted !== undefined) {
    faults.push("quotes belong to the value");
    meant = quoted;
  }
  if (!PATHS.has(variable) || !/(?:^|:)~|\$[\w{]/.test(meant)) return { value: meant, faults };
  faults.push("neither `~` nor `$` is expanded");
  const expanded =
    home === undefined
      ? meant
      : meant.replace(/(?<=^|:)~(?=\/|:|$)/g, () => home).replace(/\$HOME\b|\$\{HOME\}/g, () => home);
  return { value: /(?:^|:)~|\$[\w{]/.test(expanded) ? undefined : expanded, faults };
}
