import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Those that take longest, the longest first: begun last, one would run on alone. */
const LONGEST = ['simulate/simulate', 'local-cloud/desk', 'bills', 'access'].map((name) => `/test/${name}.test.ts`);

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = LONGEST.findIndex((end) => moduleId.endsWith(end));
      return found === -1 ? LONGEST.length : found;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

// Unit and property tests sit beside the code; journeys live in test/, in memory, and in test/local-cloud/ through the local cloud.
export default defineConfig({
  test: {
    // One less than there are would be half of two.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{shared,services,infra,local,test/bench,test/checks,test/scale}/**/*.test.ts'],
          setupFiles: ['test/support/known-shapes.ts'],
          testTimeout: process.env.LAWS === 'long' ? 3_600_000 : 60_000,
          // A busy machine takes its time for a synth and a boot.
          hookTimeout: 60_000,
          // What a file imports (the SDK, schemas of every route) is read once a worker, not once a file: half of all time
          // went there. So a test leaves no trace: what it fakes or sets of a module or the process, it puts back.
          isolate: false,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['test/*.test.ts', 'test/simulate/*.test.ts'],
          globalSetup: ['test/support/synth-once.ts'],
          setupFiles: ['test/support/known-shapes.ts'],
          // With CLOUD=local each has a local cloud of its own; a busy machine takes longer.
          testTimeout: 240_000,
          hookTimeout: 240_000,
          // As for unit tests; a cloud in memory is a test's own.
          isolate: false,
        },
      },
      {
        test: {
          name: 'local-cloud',
          include: ['test/local-cloud/*.test.ts'],
          globalSetup: ['test/support/synth-once.ts'],
          // Each has a local cloud of its own, on ports of its own.
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
