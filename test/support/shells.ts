/** The shells that run the shim on users' machines; the matrix of every test that starts it. */
import { findProgram } from "./programs.js";

export interface TestShell {
  readonly name: string;
  readonly command: readonly string[];
}

const MATRIX: readonly TestShell[] = [
  { name: "dash", command: ["dash"] },
  { name: "bash --posix", command: ["bash", "--posix"] },
  { name: "busybox sh", command: ["busybox", "sh"] },
  { name: "ksh", command: ["ksh"] },
  { name: "mksh", command: ["mksh"] },
  { name: "yash", command: ["yash"] },
  { name: "zsh", command: ["zsh"] },
];

/** Those that this machine has; one that it lacks is listed as unchecked, and a failure under CI=true. */
export const SHELLS: readonly TestShell[] = MATRIX.flatMap(({ name, command: [program = "", ...args] }) => {
  const path = findProgram(program, `the shim under ${name}`);
  return path === undefined ? [] : [{ name, command: [path, ...args] }];
});
