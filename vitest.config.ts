import { defineConfig } from 'vitest/config';

// Unit and property tests sit beside the code; journeys and simulation through the local cloud live in test/.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{shared,services,infra,local,test/bench,test/checks,test/scale}/**/*.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['test/**/*.test.ts'],
          exclude: ['test/{bench,checks,scale}/**'],
          globalSetup: ['test/support/synth-once.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
