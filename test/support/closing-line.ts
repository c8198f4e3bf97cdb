/** A vitest reporter that closes the run with `N passed, N failed` alone on a line. */
import type { Reporter, TestModule } from "vitest/node";

export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const count = { passed: 0, failed: unhandled.length };
    for (const module of modules) {
      // A file that could not be loaded has no tests to fail.
      if (module.state() === "failed" && module.errors().length > 0) count.failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        count[state === "passed" ? "passed" : "failed"] += 1;
      }
    }
    process.stdout.write(`\n${count.passed} passed, ${count.failed} failed\n`);
  }
}
