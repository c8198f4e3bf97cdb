/** The largest resident set of the programs that a measurement starts. */
import { readFileSync, writeFileSync } from "node:fs";

/** What NODE_OPTIONS must be for every Node to add its own peak to the file when it ends. */
export function reportPeak(path: string): string {
  const report = `require("fs").appendFileSync(${JSON.stringify(path)}, process.resourceUsage().maxRSS + "\\n")`;
  writeFileSync(`${path}.cjs`, `process.on("exit", () => ${report});\n`);
  return `--require=${path}.cjs`;
}

/** Megabytes. */
export function readPeak(path: string): number {
  const peaks = readFileSync(path, "utf8").trim().split("\n").map(Number);
  return Math.max(...peaks) / 1024;
}
