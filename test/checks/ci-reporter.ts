import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run of the tests with one line: what passed and what failed, counting a file that couldn't be read as one. */
export default class CiReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const passed = states.filter((state) => state === 'passed').length;
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const failed = states.filter((state) => state === 'failed').length + broken + unhandled.length;
    console.log(`${passed} passed, ${failed} failed`);
  }
}
