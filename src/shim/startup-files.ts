/**
 * The marked block in a shell's start-up files: planned as data, shown before it is written, removable without a
 * trace. Everything else in such a file stays byte for byte.
 */
import { lstat, readFile, realpath, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Context } from "../context.js";
import type { Shell, ShellName } from "../env/shells.js";
import { GvtError } from "../errors.js";
import { systemCode, writeAtomically } from "../io/files.js";

const BEGIN = "# >>> gvt >>>";
const END = "# <<< gvt <<<";

/** One start-up file and what would become of it. */
export interface StartupEdit {
  /** As people know it; the file written is what it links to. */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** The lines added or taken away. */
  readonly block: readonly string[];
}

/** What `gvt init SHELL` would write; an empty list where all is in place. Throws `DISK` for unreadable files. */
export async function planInit(context: Context, shell: Shell): Promise<StartupEdit[]> {
  const home = requireHome(context);
  const edits: StartupEdit[] = [];
  for (const path of await startupFiles(shell.name, home, context)) {
    const before = await readStartupFile(path);
    const present = findBlock(before ?? "", path);
    const glued = present ? isGlued(present) : before !== undefined && /[^\n]$/.test(before);
    const block = renderBlock(context, shell, { home, glued });
    const after = insertBlock(before ?? "", block, present);
    if (after !== before) edits.push({ path, before, after, block });
  }
  return edits;
}

/** What `gvt init SHELL --remove` would take away. */
export async function planRemoval(context: Context, shell: Shell): Promise<StartupEdit[]> {
  const home = requireHome(context);
  const edits: StartupEdit[] = [];
  for (const path of await startupFiles(shell.name, home, context)) {
    const before = await readStartupFile(path);
    const found = before === undefined ? undefined : findBlock(before, path);
    if (before === undefined || !found) continue;
    // Only at the end of the file: what was written behind it since begins a line of its own.
    const start = found.start - (isGlued(found) && found.end === before.length ? 1 : 0);
    const rest = before.slice(0, start) + before.slice(found.end);
    // A file that held nothing else was made by gvt.
    edits.push({ path, before, after: rest === "" ? undefined : rest, block: found.lines });
  }
  return edits;
}

/** Writes through links and keeps the file's mode: dotfiles are often links into a repository. */
export async function applyEdit({ path, after }: StartupEdit): Promise<void> {
  const target = await realpath(path).catch(() => path);
  if (after === undefined) {
    await rm(target);
    return;
  }
  const mode = await stat(target).then(
    (found) => found.mode & 0o777,
    () => 0o644,
  );
  await writeAtomically(target, Buffer.from(after, "latin1"), mode);
}

/**
 * Where each shell looks. bash reads `.bashrc` in interactive shells and the first of three files in login shells; zsh
 * reads `.zshenv` always and `.zprofile` in login shells, after macOS has reordered PATH between the two.
 */
async function startupFiles(name: ShellName, home: string, { env }: Context): Promise<string[]> {
  switch (name) {
    case "sh":
      return [join(home, ".profile")];
    case "bash": {
      const login = [".bash_profile", ".bash_login", ".profile"].map((file) => join(home, file));
      const present = await Promise.all(login.map((path) => exists(path)));
      return [join(home, ".bashrc"), login[present.indexOf(true)] ?? join(home, ".profile")];
    }
    case "zsh": {
      const directory = env["ZDOTDIR"] || home;
      return [join(directory, ".zshenv"), join(directory, ".zprofile")];
    }
    case "fish":
      return [join(env["XDG_CONFIG_HOME"] || join(home, ".config"), "fish", "conf.d", "gvt.fish")];
  }
}

const GLUED = "and the line break before them";

/** Whether the file had no line break at its end, so that one was put before the block. */
function isGlued({ lines }: Block): boolean {
  return lines[1]?.includes(GLUED) === true;
}

function renderBlock(
  { layout }: Context,
  shell: Shell,
  { home, glued }: { readonly home: string; readonly glued: boolean },
): string[] {
  const isDefaultRoot = layout.root === join(home, ".gvt");
  const file = shell.name === "fish" ? "env.fish" : "env.sh";
  const path = isDefaultRoot ? `"$HOME/.gvt/shell/${file}"` : shell.quote(join(layout.shell, file));
  const source =
    shell.name === "fish" ? `test -r ${path}; and source ${path}` : `if [ -r ${path} ]; then . ${path}; fi`;
  return [
    BEGIN,
    `# Go versions by gvt; \`gvt init ${shell.name} --remove\` takes these lines ${glued ? `${GLUED} ` : ""}away.`,
    ...(isDefaultRoot ? [] : [shell.renderSet("GVT_ROOT", layout.root)]),
    source,
    END,
  ];
}

function insertBlock(text: string, block: readonly string[], found: Block | undefined): string {
  const rendered = `${block.join("\n")}\n`;
  if (found) return text.slice(0, found.start) + rendered + text.slice(found.end);
  return text + (text === "" || text.endsWith("\n") ? "" : "\n") + rendered;
}

/** The marked lines in a file, and where they stand. */
interface Block {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

function findBlock(text: string, path: string): Block | undefined {
  const begin = new RegExp(`^${BEGIN}\\r?$`, "m").exec(text);
  if (!begin) return undefined;
  const end = new RegExp(`^${END}\\r?(?:\\n|$)`, "m").exec(text.slice(begin.index));
  if (!end) throw unfinishedBlock(path);
  const stop = begin.index + end.index + end[0].length;
  return { start: begin.index, end: stop, lines: text.slice(begin.index, stop).trimEnd().split("\n") };
}

/** Bytes as Latin-1, so that whatever encoding a person's file is in survives. */
async function readStartupFile(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "latin1");
  } catch (cause) {
    if (systemCode(cause) === "ENOENT") return undefined;
    throw new GvtError("DISK", `cannot read \`${path}\`: ${systemCode(cause)}`, { cause });
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function requireHome({ home }: Context): string {
  if (home === undefined)
    throw new GvtError("USAGE", "HOME names no directory, so there are no start-up files to edit");
  return home;
}

function unfinishedBlock(path: string): GvtError {
  return new GvtError("DISK", `\`${path}\` holds the line \`${BEGIN}\` without \`${END}\``, {
    hint: `open ${basename(path)} and delete what is left of gvt's block`,
  });
}
