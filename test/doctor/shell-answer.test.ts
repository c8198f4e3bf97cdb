import { describe, expect, it } from "vitest";
import { parseShellAnswer } from "../../src/doctor/collect/shell.js";

describe("what a shell says of go", () => {
  it.each([
    ["bash, found", "go is /usr/bin/go"],
    ["bash, remembered", "go is hashed (/usr/bin/go)"],
    ["dash, ksh and mksh, remembered", "go is a tracked alias for /usr/bin/go"],
    ["yash", "go: an external command at /usr/bin/go"],
  ])("%s: a program", (_, answer) => {
    expect(parseShellAnswer(answer)).toEqual({ syntax: "sh", starts: "/usr/bin/go" });
  });

  it("takes a path as it is, parentheses and all", () => {
    expect(parseShellAnswer("go is /opt/a (b)/go")).toEqual({ syntax: "sh", starts: "/opt/a (b)/go" });
  });

  it.each([
    ["bash", "go is aliased to `go1.20'"],
    ["dash, busybox and zsh", "go is an alias for go1.20"],
    ["mksh", "go is an alias for 'go1.20'"],
    ["yash", "go: an alias for `go1.20'"],
  ])("%s: an alias", (_, answer) => {
    expect(parseShellAnswer(answer)).toEqual({ syntax: "sh", instead: { kind: "alias", says: answer } });
  });

  it.each([
    ["bash", "go is a function\ngo () \n{ \n    :\n}", "sh"],
    ["dash", "go is a shell function", "sh"],
    ["zsh", "go is a shell function from /home/me/.zshrc", "sh"],
    ["yash", "go: a function", "sh"],
    ["fish", "go is a function with definition\n# Defined interactively\nfunction go\nend", "fish"],
  ])("%s: a function, of which the first line is kept", (_, answer, syntax) => {
    const says = answer.split("\n")[0];
    expect(parseShellAnswer(answer)).toEqual({ syntax, instead: { kind: "function", says } });
  });

  it.each([
    ["nothing", ""],
    ["that there is none", "go not found"],
    ["something else", "gofmt is /usr/bin/gofmt"],
  ])("%s: is no answer", (_, answer) => {
    expect(parseShellAnswer(answer)).toBeUndefined();
  });
});
