/**
 * The marked block in a shell's start-up files: planned as data, shown before it is written, removable without a
 * trace. Everything else in such a file stays byte for byte.
 */
import { lstat, readFile, realpath, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Context } from "../context.js";
import type { Shell, ShellName } from "../env/shells.js";
import { GvtError } from "../errors.js";
import { systemCode } from "../io/files.js";
import { writeThrough } from "../io/replace-file.js";

const BEGIN = "# >>> gvt >>>";
const END = "# <<< gvt <<<";

/** One start-up file and what would become of it. */
export interface StartupEdit {
  /** As people know it; the file written is what it links to. */
  readonly path: string;
  /** Who reads that file, as the rest of a sentence. */
  readonly readBy: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** The lines added or taken away. */
  readonly block: readonly string[];
}

/** What `gvt init SHELL` would write; an empty list where all is in place. Throws `DISK` for unreadable files. */
export async function planInit(context: Context, shell: Shell): Promise<StartupEdit[]> {
  const home = requireHome(context);
  const edits: StartupEdit[] = [];
  for (const { path, readBy, owner } of await startupFiles(shell.name, home, context)) {
    const before = await readStartupFile(path);
    const present = findBlock(before ?? "", path);
    const glued = present ? isGlued(present) : before !== undefined && /[^\n]$/.test(before);
    const block = renderBlock(context, shell, { home, glued, owner });
    const after = insertBlock(before ?? "", block.map(toLatin1), present);
    if (after !== before) edits.push({ path, readBy, before, after, block });
  }
  return edits;
}

/** What `gvt init SHELL --remove` would take away. */
export async function planRemoval(context: Context, shell: Shell): Promise<StartupEdit[]> {
  const home = requireHome(context);
  const edits: StartupEdit[] = [];
  for (const { path, readBy } of await startupFiles(shell.name, home, context)) {
    const before = await readStartupFile(path);
    const found = before === undefined ? undefined : findBlock(before, path);
    if (before === undefined || !found) continue;
    // Only at the end of the file: what was written behind it since begins a line of its own.
    const start = found.start - (isGlued(found) && found.end === before.length ? 1 : 0);
    const rest = before.slice(0, start) + before.slice(found.end);
    // A file that held nothing else was made by gvt.
    edits.push({
      path,
      readBy,
      before,
      after: rest === "" ? undefined : rest,
      block: found.lines.map(fromLatin1),
    });
  }
  return edits;
}

/**
 * Writes through links and keeps all that the file has: dotfiles are often links into a repository. Throws `DISK` where
 * the file is not as it was when the edit was planned, or cannot be replaced so.
 */
export async function applyEdit({ path, before, after }: StartupEdit): Promise<void> {
  const isCurrent = async (): Promise<boolean> => (await readStartupFile(path)) === before;
  if (after === undefined) {
    if (!(await isCurrent())) throw changedMeanwhile(path);
    await rm(await realpath(path));
    return;
  }
  const written = await writeThrough(path, Buffer.from(after, "latin1"), { mode: 0o644, isCurrent });
  if (written.kind === "changed") throw changedMeanwhile(path);
  if (written.kind === "refused") throw cannotWrite(path, written.reason);
}

/** One file that a shell reads. */
interface StartupPlace {
  readonly path: string;
  readonly readBy: string;
  /** The shell whose `gvt init` the block names: `.profile` belongs to sh, whichever shell it is written for. */
  readonly owner: ShellName;
}

/**
 * Where each shell looks. bash reads `.bashrc` in interactive shells and the first of three files in login shells; zsh
 * reads `.zshenv` always and `.zprofile` in login shells, after macOS has reordered PATH between the two.
 */
async function startupFiles(
  name: ShellName,
  home: string,
  { env }: Pick<Context, "env">,
): Promise<StartupPlace[]> {
  const place = (path: string, readBy: string): StartupPlace => ({ path, readBy, owner: name });
  const profile: StartupPlace = {
    path: join(home, ".profile"),
    readBy: "login shells read, those of sh and bash alike",
    owner: "sh",
  };
  switch (name) {
    case "sh":
      return [profile];
    case "bash": {
      const own = [".bash_profile", ".bash_login"].map((file) => join(home, file));
      const present = await Promise.all(own.map((path) => exists(path)));
      const login = own[present.indexOf(true)];
      return [
        place(join(home, ".bashrc"), "interactive shells of bash read"),
        login === undefined ? profile : place(login, "login shells of bash read"),
      ];
    }
    case "zsh": {
      const directory = env["ZDOTDIR"] || home;
      return [
        place(join(directory, ".zshenv"), "every zsh reads"),
        place(join(directory, ".zprofile"), "login shells of zsh read after that"),
      ];
    }
    case "fish": {
      const directory = env["XDG_CONFIG_HOME"] || join(home, ".config");
      return [place(join(directory, "fish", "conf.d", "gvt.fish"), "every fish reads")];
    }
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
  { home, glued, owner }: { readonly home: string; readonly glued: boolean; readonly owner: ShellName },
): string[] {
  const isDefaultRoot = layout.root === join(home, ".gvt");
  const file = shell.name === "fish" ? "env.fish" : "env.sh";
  const path = isDefaultRoot ? `"$HOME/.gvt/shell/${file}"` : shell.quote(join(layout.shell, file));
  const source =
    shell.name === "fish" ? `test -r ${path}; and source ${path}` : `if [ -r ${path} ]; then . ${path}; fi`;
  return [
    BEGIN,
    `# Go versions by gvt; \`gvt init ${owner} --remove\` takes these lines ${glued ? `${GLUED} ` : ""}away.`,
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

/** Our own lines as the bytes they are in a file, and back: shells read what they are told as UTF-8. */
const toLatin1 = (line: string): string => Buffer.from(line, "utf8").toString("latin1");
const fromLatin1 = (line: string): string => Buffer.from(line, "latin1").toString("utf8");

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

function changedMeanwhile(path: string): GvtError {
  return new GvtError("DISK", `\`${path}\` was changed meanwhile`, {
    hint: "nothing was written to it; run `gvt init` again to see what it would write now",
  });
}

function cannotWrite(path: string, reason: string): GvtError {
  return new GvtError("DISK", `cannot write \`${path}\`: ${reason}`, {
    hint: "nothing was written to it; `gvt init SHELL --json` prints the lines, to be put there by hand",
  });
}

function unfinishedBlock(path: string): GvtError {
  return new GvtError("DISK", `\`${path}\` holds the line \`${BEGIN}\` without \`${END}\``, {
    hint: `open ${basename(path)} and delete what is left of gvt's block`,
  });
}
