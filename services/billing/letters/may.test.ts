import { expect, test } from 'vitest';
import { Refusal } from '../../../shared/domain/refusal.ts';
import { attempt, endLinks, giveUp, handOver, print, type Situation, settle } from './decide.ts';
import { oweArrival } from './duties.ts';
import { STATUSES } from './letter.ts';
import { CONTEXT, letterInHand, NINE, PROOF, WORDS } from './testing.ts';

const actor = { staff: 'li', roles: ['agent' as const], departments: [] };
/** Each command, said in every way there is. */
const COMMANDS = {
  printed: [print, (on: Situation) => print(on, 'c')],
  'handed-over': [handOver, (on: Situation) => handOver(on, { receivedBy: 'payer' })],
  attempted: [attempt, (on: Situation) => attempt(on, { words: WORDS, proof: PROOF })],
  settle: [settle, (on: Situation) => settle(on, 'print'), (on: Situation) => settle(on, 'send-again')],
  'give-up': [giveUp, (on: Situation) => giveUp(on, WORDS)],
  'end-links': [endLinks, (on: Situation) => endLinks(on, WORDS)],
} as const;
const codeOf = (answer: unknown) => (answer instanceof Refusal ? answer.code : undefined);

const open = (on: Situation) =>
  Object.entries(COMMANDS).flatMap(([name, [{ may }, ...ways]]) => {
    const codes = ways.map((said) => codeOf(said(on)));
    const code = codeOf(may(on));
    expect([name, code]).toEqual([name, codes.includes(undefined) ? undefined : codes[0]]);
    return code === undefined ? [name] : [];
  });

test('what a letter says may be done is what is then decided, in every state', () => {
  const { state: letter } = letterInHand();
  const on = { actor, now: NINE, context: CONTEXT };
  const owed = [oweArrival(NINE, CONTEXT)];
  for (const status of STATUSES) {
    for (const more of [{}, { owed: [] }, { owed }, { mailed: 2 }])
      open({ ...on, state: { ...letter, status, ...more } });
  }
  expect(open({ ...on, state: undefined })).toEqual([]);
  expect(open({ ...on, state: { ...letter, status: 'to-print' } })).toEqual(['printed', 'handed-over', 'attempted']);
  expect(open({ ...on, state: { ...letter, status: 'unknown', mailed: 2 } })).toEqual(['settle', 'end-links']);
  expect(open({ ...on, state: { ...letter, status: 'sent', owed } })).toEqual(['settle', 'give-up']);
  expect(codeOf(settle.may({ ...on, state: { ...letter, status: 'sending' } }))).toBe('letter.being-sent');
});
