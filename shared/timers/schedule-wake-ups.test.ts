import { expect, test } from 'vitest';
import * as z from 'zod';
import { defineEvent } from '../domain/events.ts';
import { type Obligation, obligation, open } from '../domain/obligation.ts';
import { HOUR, MINUTE, SECOND } from '../time/clock.ts';
import { onTimedEvent } from './schedule-wake-ups.ts';

const NOW = Date.UTC(2026, 4, 1);
const opened = defineEvent('case.opened', 'A case was opened.', z.object({ opens: z.array(obligation) }));
const owed = (due: number, remindAt?: number) =>
  open({ duty: 'call', position: { role: 'agent' }, since: NOW, due, remindAt, ladder: [[0, 'supervisor']] });

/** What is started for an event that opens these. */
const startedFor = async (...opens: Obligation[]) => {
  const started: [string, string, number][] = [];
  const event = {
    id: 'c.1',
    name: 'case.opened',
    site: 's',
    aggregate: 'c',
    version: 1,
    at: NOW,
    by: 'li',
    data: { opens },
  };
  await onTimedEvent('starter', [opened]).handle(event as never, {
    start: async (...what) => void started.push(what),
    clock: () => NOW,
  });
  return started;
};

test('one timer for the first wake-up of all that is opened', async () => {
  const opens = [owed(NOW + 48 * HOUR), owed(NOW + 2 * HOUR, NOW + 90 * MINUTE)];
  expect(await startedFor(...opens)).toEqual([['s', 'c', NOW + 90 * MINUTE]]);
});

test('what lies beyond the horizon is left to the sweep', async () => {
  expect(await startedFor(owed(NOW + 72 * HOUR - SECOND))).toHaveLength(1);
  expect(await startedFor(owed(NOW + 72 * HOUR))).toEqual([]);
});

test('nothing opened, nothing started', async () => {
  expect(await startedFor()).toEqual([]);
});
