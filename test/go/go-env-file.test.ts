import { expect, test } from "vitest";
import { parseGoEnvFile } from "../../src/go/go-env-file.js";

// What each file gives `go env`, found out with the go command.
test.each([
  ["one setting", "GOPROXY=https://a.example\n", { GOPROXY: "https://a.example" }],
  ["no final newline", "GOBIN=/x", { GOBIN: "/x" }],
  ["the last of duplicates", "GOBIN=/x\nGOBIN=/y\n", { GOBIN: "/y" }],
  ["an empty value", "GOBIN=/x\nGOBIN=\n", { GOBIN: "" }],
  ["quotes and variables as they stand", 'GOFLAGS="-x" $HOME\n', { GOFLAGS: '"-x" $HOME' }],
  ["everything after the first =", "GOFLAGS=-mod=mod\n", { GOFLAGS: "-mod=mod" }],
  ["spaces at the end", "GOOS=linux \n", { GOOS: "linux " }],
  ["the carriage return of CRLF", "GOOS=linux\r\n", { GOOS: "linux\r" }],
  ["a space before =", "GOOS =linux\n", { "GOOS ": "linux" }],
  ["no export", "export GOPATH=/x\n", {}],
  ["no comment, blank or indented line", "# GOBIN=/x\n\n GOBIN=/x\n", {}],
  ["no lower case name", "goproxy=off\n", {}],
  ["no line without =", "GOBIN\n", {}],
  ["no line without a name", "=x\n", {}],
  ["no first line behind a byte order mark", "\uFEFFGOBIN=/x\nGOOS=linux\n", { GOOS: "linux" }],
  ["a name that is a property of every object", "A=1\n__proto__=2\n", { A: "1" }],
])("%s", (_, text, expected) => {
  const values = [...parseGoEnvFile(text)].map(([name, { value }]) => [name, value]);
  expect(Object.fromEntries(values)).toEqual(expected);
});

test("a setting knows its line", () => {
  expect(parseGoEnvFile("# mine\nGOBIN=/x\n\nGOBIN=/y\n").get("GOBIN")).toEqual({ value: "/y", line: 4 });
});
