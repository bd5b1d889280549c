import { expect, test } from 'vitest';
import { append, type Current } from '../../../shared/journal/aggregate.ts';
import { at, CONTEXT } from '../accounts/testing.ts';
import { issue, noticed, partDone } from './decide.ts';
import type { RunPart } from './part.ts';
import { type Run, runType } from './run.ts';
import { NOTHING } from './tally.ts';

const stretch = { first: 'A', last: 'A', buildings: 1, units: 1 };
const now = at('2026-11-01', '09:00');

test('asked for while it was under way it is issued once, also when it ends before that is decided', () => {
  let run: Current<Run> = { id: 'run_2026-11', site: 'lakeside', version: 0, state: undefined };
  const happens = (newEvents: ReturnType<typeof issue>) => {
    run = append(runType, run, newEvents, now, 'sun').next;
    return newEvents.map(({ name }) => name);
  };
  const asked = (stretches: (typeof stretch)[]) =>
    issue({ state: run.state, now, context: CONTEXT }, { period: '2026-11', stretches });

  expect(happens(asked([stretch]))).toEqual(['run.started']);
  // The second saw it under way, so it did not read the directory.
  expect(happens(asked([]))).toEqual([]);
  const part = {
    run: run.id,
    part: 0,
    round: 1,
    since: 1,
    stretch,
    done: true,
    totals: NOTHING,
    owed: [],
  } as unknown as RunPart;
  happens(partDone(run.state, part));
  happens(noticed(run.state, { round: 1, from: undefined, after: '', notices: 0, last: true }));
  expect(run.state?.status).toBe('issued');
  expect(happens(asked([]))).toEqual([]);
  // Asked for when it is issued already, it goes through all units once more.
  expect(happens(asked([stretch]))).toEqual(['run.started']);
});
