import { expect, test } from 'vitest';
import type { PayerCard } from '../../../shared/directory/payer.ts';
import type { UnitEntry } from '../../../shared/directory/units.ts';
import { payingFor } from './paying-for.ts';

const entry = (...parties: string[]) => ({ payers: parties.map((party) => ({ party })) }) as UnitEntry;
const card = (party: string, ...merged: string[]) => ({ party, merged }) as unknown as PayerCard;

test.each([
  ['who stayed, where the account is of one that went', entry('pty_9', 'pty_2'), 'pty_1', 'pty_2'],
  ['one that went, where the account is of who stayed', entry('pty_1'), 'pty_2', 'pty_1'],
  ['whoever has an account of their own', entry('pty_2', 'pty_1'), 'pty_2', 'pty_2'],
  ['one that went, where nobody of them ever paid', entry('pty_9'), 'pty_2', 'pty_1'],
])('a unit’s account of a payer under two ids, named as %s', (_, unit, named, account) => {
  expect(payingFor(unit, card('pty_1', 'pty_2'), named)).toBe(account);
});
