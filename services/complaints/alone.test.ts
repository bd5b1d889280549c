import { describe, expect, test } from 'vitest';
import type { Situation as On } from '../../shared/journal/command.ts';
import type { Role } from '../../shared/people/posts.ts';
import type { Complaint } from './complaint.ts';
import * as loop from './decide.ts';
import { WORDS } from './testing.ts';
import {
  accepted,
  actor,
  calledBack,
  doubted,
  givenUp,
  NOW,
  QIAN,
  resolved,
  second,
  told,
  valid,
  ZHAO,
} from './testing-steps.ts';
import { complaintView } from './view.ts';

describe('a complaint about whoever alone holds a post', () => {
  const about = (...alone: { role: Role; department?: string }[]) => ({
    kind: 'attitude' as const,
    about: { staff: 'xu', contact: 'con_0', alone },
  });
  const owed = ({ owed: all }: Complaint) =>
    Object.fromEntries(all.map(({ duty, post, rungs }) => [duty, [post.role, rungs.at(-1)?.to]]));
  const DIRECTOR = actor('wu', ['site-director']);

  test('of the only supervisor: the manager owes to judge and close it, and the director hears when it is late', () => {
    const { tell } = told(about({ role: 'supervisor' }));
    expect(owed(tell(doubted, QIAN))).toEqual({
      close: ['centre-manager', 'site-director'],
      'second-look': ['centre-manager', 'site-director'],
    });
    // Of a department that nobody is accused in, its head owes as ever, and the manager hears in the supervisor's place.
    expect(owed(tell(second(false), DIRECTOR)).accept).toEqual(['department-head', 'centre-manager']);
  });

  test('of a department’s only head: those above owe what the head would, and sign', () => {
    const { tell } = told(about({ role: 'department-head', department: 'engineering' }));
    expect(owed(tell(valid, ZHAO)).accept).toEqual(['supervisor', 'centre-manager']);
    const accepts = (on: On<Complaint>) => loop.accept(on, {});
    expect(owed(tell(accepts, ZHAO))).toMatchObject({
      investigate: ['supervisor', 'centre-manager'],
      resolve: ['supervisor', 'centre-manager'],
    });
    tell((on) => loop.investigate(on, { findings: WORDS, upheld: false }), ZHAO);
    tell(resolved, ZHAO);
    expect(owed(tell(calledBack(5), ZHAO)).sign).toEqual(['centre-manager', 'site-director']);
  });

  test('of somebody who holds all posts up to the manager’s: the director owes all of it', () => {
    const head = { role: 'department-head' as const, department: 'engineering' };
    const { tell } = told(about(head, { role: 'supervisor' }, { role: 'centre-manager' }));
    expect(owed(tell(valid, DIRECTOR))).toEqual({
      close: ['site-director', 'group-manager'],
      accept: ['site-director', 'group-manager'],
    });
    tell(accepted, DIRECTOR);
    tell((on) => loop.investigate(on, { findings: WORDS, upheld: false }), DIRECTOR);
    expect(owed(tell(givenUp, DIRECTOR)).decide).toEqual(['site-director', 'group-manager']);
  });

  test('which posts are theirs alone is not told to whoever reads it', () => {
    const { tell } = told(about({ role: 'supervisor' }));
    const state = tell(valid, QIAN);
    const current = { id: 'cmp_1', site: 'sit_1', version: 2, state };
    expect(complaintView(current, QIAN, NOW).about).toEqual({ staff: 'xu', contact: 'con_0' });
  });
});
