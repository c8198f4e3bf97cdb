/** The modules of a repository: every go.mod below a directory, by a walk that ends whatever lies there. */
import { join } from "node:path";
import type { Look } from "./look.js";

export interface FoundModules {
  /** Directories that hold a go.mod, in the order of their paths. */
  readonly directories: readonly string[];
  /** False where there is more than was walked. */
  readonly complete: boolean;
}

const MAX_DIRECTORIES = 20_000;
const MAX_MODULES = 500;
/** Copies of other people's modules, and what Go itself passes over. Names with a leading dot are passed over too. */
const SKIPPED = new Set(["vendor", "node_modules", "testdata"]);

/** Follows no links. `besides` are directories that are somebody else's: a module cache, installed versions. */
export async function findModules(
  look: Look,
  top: string,
  besides: readonly string[],
): Promise<FoundModules> {
  const modules: string[] = [];
  let walked = 0;
  for (let level = [top]; level.length > 0; ) {
    const room = MAX_DIRECTORIES - walked;
    if (room < level.length || modules.length > MAX_MODULES) return found(modules, false);
    walked += level.length;
    const below = await Promise.all(
      level.map(async (directory) => {
        const entries = (await look.entries(directory)) ?? [];
        if (entries.some((entry) => entry.name === "go.mod" && !entry.isDirectory())) modules.push(directory);
        return entries
          .filter(({ name }) => !name.startsWith(".") && !SKIPPED.has(name))
          .filter((entry) => entry.isDirectory())
          .map(({ name }) => join(directory, name))
          .filter((path) => !besides.includes(path));
      }),
    );
    level = below.flat();
  }
  return found(modules, true);
}

function found(modules: readonly string[], complete: boolean): FoundModules {
  const directories = modules.toSorted((a, b) => (a < b ? -1 : 1));
  return {
    directories: directories.slice(0, MAX_MODULES),
    complete: complete && directories.length <= MAX_MODULES,
  };
}
