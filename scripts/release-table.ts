/**
 * Brings the table of releases and checksums that ships with gvt up to date. What it knows already stays; an index
 * that contradicts it is refused.
 *
 *     node scripts/run-ts.mjs scripts/release-table.ts INDEX [YYYY-MM-DD]
 *
 * INDEX is a file or URL in the form of https://go.dev/dl/?mode=json&include=all; the date is when the newest release
 * in it was published, and needed where that is newer than what the table has.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { listTableFiles, listTableReleases, TABLE_DATE } from "../src/go/release-table.js";
import {
  mergeReleases,
  newestRelease,
  parseCompleteIndex,
  type Releases,
  renderReleaseTable,
} from "./release-rows.js";

const TABLE = "src/go/release-table.generated.ts";

const [index, date] = process.argv.slice(2);
if (index === undefined) throw new Error("usage: release-table.ts INDEX [YYYY-MM-DD]");

const known: Releases = new Map(
  listTableReleases().map((release) => [
    release,
    new Map(listTableFiles(release).map(({ filename, sha256 }) => [filename, sha256])),
  ]),
);
const releases = mergeReleases(known, parseCompleteIndex(await readIndex(index)));
writeFileSync(TABLE, renderReleaseTable(releases, dateOf(releases)));
console.log(`${TABLE}: ${releases.size} releases, ${releases.size - known.size} of them new`);

async function readIndex(place: string): Promise<string> {
  if (existsSync(place)) return readFileSync(place, "utf8");
  const response = await fetch(place);
  if (!response.ok) throw new Error(`${place}: HTTP ${response.status}`);
  return response.text();
}

function dateOf(merged: Releases): string {
  if (newestRelease(merged) === newestRelease(known)) return TABLE_DATE;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date ?? "")) {
    throw new Error(`go${newestRelease(merged)} is new: say when it was published, as YYYY-MM-DD`);
  }
  return date ?? "";
}
