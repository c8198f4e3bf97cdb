import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadCommands } from "../src/commands/index.js";
import { EXIT_STATUS } from "../src/errors.js";
import { layoutOf } from "../src/store/layout.js";

const ROOT = join(import.meta.dirname, "..");
const pages = [
  ...readdirSync(ROOT).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];
const textOf = (page: string): string => readFileSync(join(ROOT, page), "utf8");

describe("the documentation", () => {
  it.each(pages)("%s links only to what exists", (page) => {
    const links = [...textOf(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)/g)].map(
      ([, path = ""]) => path,
    );
    expect(links.filter((path) => !existsSync(join(ROOT, dirname(page), path)))).toEqual([]);
  });

  it("lists every exit status that an error can have", () => {
    const page = textOf("docs/reference/exit-status.md");
    const listed = [...page.matchAll(/^\| ([\d, ]+) \|/gm)].flatMap(([, codes = ""]) =>
      codes.split(",").map(Number),
    );
    expect([...new Set(Object.values(EXIT_STATUS))].filter((status) => !listed.includes(status))).toEqual([]);
  });

  it("names no command that does not exist", async () => {
    const known = new Set((await loadCommands()).map((command) => command.name));
    const named = pages.flatMap((page) =>
      [...textOf(page).matchAll(/`gvt ([a-z][a-z-]*)/g)].map(([, name = ""]) => ({ page, name })),
    );
    expect(named.filter(({ name }) => !known.has(name))).toEqual([]);
  });

  it("describes everything under the root", () => {
    const page = textOf("docs/reference/files.md");
    const places = Object.values(layoutOf("/root")).filter(
      (path) => typeof path === "string" && dirname(path) === "/root",
    );
    expect(places.map((path) => basename(path)).filter((name) => !page.includes(`\`${name}`))).toEqual([]);
  });

  it("has a page of decisions for each number once", () => {
    const numbers = readdirSync(join(ROOT, "docs/decisions")).map((name) => name.slice(0, 4));
    expect(numbers).toEqual(numbers.map((_, index) => String(index + 1).padStart(4, "0")));
  });
});
