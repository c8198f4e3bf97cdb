import { describe, expect, it } from "vitest";
import { parseStartupFile } from "../../src/doctor/collect/startup-grammar.js";
import type { StartupFile, Statement } from "../../src/doctor/setting-facts.js";

const KNOWN = { HOME: "/home/me", "go env GOPATH": "/home/me/go" };

/** What matters of each statement: `GOROOT=/x exported`, `front /a /b`. */
function outline(text: string, syntax: StartupFile["syntax"] = "sh"): string[] {
  return parseStartupFile(text, syntax, KNOWN).statements.map(describeStatement);
}

function describeStatement(statement: Statement): string {
  switch (statement.kind) {
    case "assign":
      return `${statement.line}: ${statement.variable}=${statement.value ?? "?"}${statement.exported ? " exported" : ""}`;
    case "path":
      return `${statement.line}: ${statement.where} ${statement.directories.join(" ")}`;
    case "unset":
      return `${statement.line}: unset ${statement.variable}`;
    case "manager":
      return `${statement.line}: ${statement.manager}`;
  }
}

describe("a start-up file of sh, bash or zsh", () => {
  it.each([
    ["export GOROOT=/usr/local/go", ["1: GOROOT=/usr/local/go exported"]],
    ['export GOROOT="$HOME/go root"', ["1: GOROOT=/home/me/go root exported"]],
    ["GOROOT=~/sdk/go1.20; export GOROOT", ["1: GOROOT=/home/me/sdk/go1.20 exported"]],
    ['export GOBIN="~/bin"', ["1: GOBIN=~/bin exported"]],
    ["export GOBIN='~/bin'", ["1: GOBIN=~/bin exported"]],
    ["if [ -d /x ]; then export GOROOT=/x; fi", ["1: GOROOT=/x exported"]],
    ["GOROOT=/x go build", ["1: GOROOT=/x"]],
    ["GOROOT=/x\nexport GOROOT", ["1: GOROOT=/x exported"]],
    ["declare -x GOROOT='/opt/$go'", ["1: GOROOT=/opt/$go exported"]],
    ["export GOPATH=/a GOBIN=/b", ["1: GOPATH=/a exported", "1: GOBIN=/b exported"]],
    ["export GOROOT=$(brew --prefix go)/libexec", ["1: GOROOT=? exported"]],
    ["export PATH=/usr/local/go/bin:$PATH", ["1: front /usr/local/go/bin"]],
    ['export PATH="$PATH:/usr/local/go/bin:$HOME/go/bin"', ["1: back /usr/local/go/bin /home/me/go/bin"]],
    ["PATH=/a:${PATH}:/b", ["1: front /a", "1: back /b"]],
    ["PATH+=:/b", ["1: back /b"]],
    ["export PATH=$PATH:$(go env GOPATH)/bin", ["1: back /home/me/go/bin"]],
    ["export GOROOT=/x\nexport PATH=$GOROOT/bin:$PATH", ["1: GOROOT=/x exported", "2: front /x/bin"]],
    ["path=(/usr/local/go/bin $path)", ["1: front /usr/local/go/bin"]],
    ["path+=(~/go/bin)", ["1: back /home/me/go/bin"]],
    ["[ -d /x ] && export GOROOT=/x", ["1: GOROOT=/x exported"]],
    ["unset GOROOT GOPATH", ["1: unset GOROOT", "1: unset GOPATH"]],
    ["# export GOROOT=/x", []],
    ['eval "$(goenv init -)"', ["1: goenv"]],
    ["echo GOROOT=/x", []],
    ["export GOROOT=/x\r", ["1: GOROOT=/x exported"]],
    ["export GOROOT=/x # and no more; GOBIN=/y", ["1: GOROOT=/x exported"]],
    ["cat <<EOF\nexport GOROOT=/x\nEOF\nexport GOBIN=/y", ["4: GOBIN=/y exported"]],
    ["cat <<-'A B'\nexport GOROOT=/x\n\tA B\nexport GOBIN=/y", ["4: GOBIN=/y exported"]],
    ["cat <<A <<\\B\nA\nexport GOROOT=/x\nB\nexport GOBIN=/y", ["5: GOBIN=/y exported"]],
    ["cat <<<EOF\nexport GOROOT=/x", ["2: GOROOT=/x exported"]],
    ["echo '\nexport GOROOT=/x\n'\nexport GOBIN=/y", ["4: GOBIN=/y exported"]],
    ['alias x="\nexport GOROOT=/x\\"\n"\nexport GOBIN=/y', ["4: GOBIN=/y exported"]],
    ["echo $'it\\'s'\nexport GOBIN=/y", ["2: GOBIN=/y exported"]],
    ["echo '\\'\nexport GOBIN=/y", ["2: GOBIN=/y exported"]],
    ["# it's\nexport GOBIN=/y\n# it's", ["2: GOBIN=/y exported"]],
    ["echo it\\'s $#\nexport GOBIN=/y\necho it\\'s", ["2: GOBIN=/y exported"]],
  ])("%j", (text, expected) => {
    expect(outline(text)).toEqual(expected);
  });
});

describe("other start-up files", () => {
  it.each([
    ["set -gx GOROOT /usr/local/go", ["1: GOROOT=/usr/local/go exported"]],
    ["set -gx PATH /usr/local/go/bin $PATH", ["1: front /usr/local/go/bin"]],
    ["fish_add_path -g ~/go/bin", ["1: front /home/me/go/bin"]],
    ["fish_add_path --append ~/go/bin", ["1: back /home/me/go/bin"]],
    ["fish_add_path -ga ~/go/bin", ["1: back /home/me/go/bin"]],
    ["set -e GOROOT", ["1: unset GOROOT"]],
    ["set --global -e GOROOT", ["1: unset GOROOT"]],
    ["set --erase GOROOT", ["1: unset GOROOT"]],
    ["set --global --export GOROOT /x", ["1: GOROOT=/x exported"]],
    ["set --universal GOROOT /x", ["1: GOROOT=/x"]],
    ["set GOROOT /x", ["1: GOROOT=/x"]],
    ["set -q GOROOT", []],
    ["set PATH /x $PATH", ["1: front /x"]],
    ["set --append PATH /x", ["1: back /x"]],
    ["set -gxa fish_user_paths /x", ["1: back /x"]],
    ["echo 'it\\'s\nset -gx GOROOT /x\n'", []],
  ])("of fish: %j", (text, expected) => {
    expect(outline(text, "fish")).toEqual(expected);
  });

  it.each([
    ['$env:GOROOT = "/usr/local/go"', ["1: GOROOT=/usr/local/go exported"]],
    ['$env:PATH = "/usr/local/go/bin:$env:PATH"', ["1: front /usr/local/go/bin"]],
    ['$env:PATH += ":/usr/local/go/bin"', ["1: back /usr/local/go/bin"]],
  ])("of PowerShell: %j", (text, expected) => {
    expect(outline(text, "powershell")).toEqual(expected);
  });

  it("of systemd's environment.d are plain assignments", () => {
    expect(outline('GOROOT=/x\n#A=b\nGOPATH="/y"\n', "environment")).toEqual([
      "1: GOROOT=/x exported",
      "3: GOPATH=/y exported",
    ]);
  });
});

describe("a line", () => {
  it.each([
    ["export GOROOT=/x", true],
    ["a=1\nexport GOROOT=/x\nb=2", true],
    ["export GOROOT=/x GOPATH=/y", false],
    ["export GOROOT=/x; echo hello", false],
    ["if true; then\n  export GOROOT=/x\nfi", false],
    ["if true; then\n  a=1\n  export GOROOT=/x\nfi", true],
    ["f() {\n  export GOROOT=/x\n}", false],
    ["echo \\\nexport GOROOT=/x", false],
    ["[ -d /x ] &&\n  export GOROOT=/x\nexport EDITOR=vi", false],
    ["[ -d /x ] || # or else\n\n  # this\n  export GOROOT=/x", false],
    ["true |\nexport GOROOT=/x", false],
    ["echo 'a\nb' &&\nexport GOROOT=/x", false],
    ["echo '&&'\nexport GOROOT=/x", true],
    ["cat <<EOF\n&&\nEOF\nexport GOROOT=/x", true],
    ["export GOROOT=$(cat <<EOF\n/x\nEOF\n)", false],
    ["export GOROOT=$(\necho /x\n)", false],
    ["export GOROOT=$(echo /x)", true],
    ["(true\nexport GOROOT=/x)", false],
    ["export GOROOT=/x\necho 'never ends", false],
    ["export GOROOT=/x\ncat <<EOF\n", false],
  ])("%j can be deleted: %s", (text, expected) => {
    const found = parseStartupFile(text, "sh", KNOWN).statements.find(
      (statement) => statement.kind === "assign" && statement.variable === "GOROOT",
    );
    expect(found && "removable" in found && found.removable).toBe(expected);
  });

  it.each([
    ["export PATH=/usr/local/go/bin:$PATH", true],
    ["export PATH=/usr/local/go/bin:/opt/bin:$PATH", false],
    ["export PATH=/usr/local/go/bin:$PATH:/opt/bin", false],
    ["export PATH=$TOOLS/bin:/usr/local/go/bin:$PATH", false],
    ["PATH+=:/usr/local/go/bin", true],
  ])("%j puts one directory on PATH, and can be deleted: %s", (text, expected) => {
    const [found] = parseStartupFile(text, "sh", KNOWN).statements;
    expect(found && "removable" in found && found.removable).toBe(expected);
  });

  it.each([
    ["set -gx GOROOT /x", "fish", true],
    ["set -gx GOROOT /x\nand echo yes", "fish", false],
    ["set -gx GOROOT /x\nor echo no", "fish", false],
    ["set -gx GOROOT /x\norigin", "fish", true],
    ["Write-Host `\n$env:GOROOT = '/x'", "powershell", false],
    ["Write-Host 'C:\\'\n$env:GOROOT = '/x'", "powershell", true],
    ["NAME=it's\nGOROOT=/x", "environment", true],
  ] as const)("%j of %s can be deleted: %s", (text, syntax, expected) => {
    const found = parseStartupFile(text, syntax, KNOWN).statements.find(
      (statement) => statement.kind === "assign" && statement.variable === "GOROOT",
    );
    expect(found && "removable" in found && found.removable).toBe(expected);
  });

  it("is read in no time, however many there are", () => {
    const started = performance.now();
    for (const piece of ["A=1\n", "\n", "#", "<<", "'\n", "<< ", "\\", "A=b "]) {
      parseStartupFile(piece.repeat((256 << 10) / piece.length), "sh", KNOWN);
    }
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it("is told to be gvt's", () => {
    expect(parseStartupFile("x=1\n# >>> gvt >>>\n", "sh", KNOWN).gvtLine).toBe(2);
    expect(parseStartupFile('. "$HOME/.gvt/shell/env.sh"', "sh", KNOWN).gvtLine).toBe(1);
    expect(parseStartupFile('# . "$HOME/.gvt/shell/env.sh"', "sh", KNOWN).gvtLine).toBeUndefined();
    expect(parseStartupFile('true # . "$HOME/.gvt/shell/env.sh"', "sh", KNOWN).gvtLine).toBeUndefined();
  });

  it("that reads another file is followed", () => {
    expect(parseStartupFile(". ~/.bash_aliases\nsource /etc/x.sh\n", "sh", KNOWN).sources).toEqual([
      "/home/me/.bash_aliases",
      "/etc/x.sh",
    ]);
  });
});
