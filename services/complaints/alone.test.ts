import { describe, expect, test } from 'vitest';
import type { NewEvent } from '../../shared/domain/events.ts';
import type { Situation as On } from '../../shared/journal/command.ts';
import { execute } from '../../shared/journal/execute.ts';
import { accessKey } from '../../shared/people/access.ts';
import type { Position, Role } from '../../shared/people/positions.ts';
import { DEFAULT_POLICY } from '../../shared/policy/policy.ts';
import { contextAt } from '../../shared/policy/policy-context.ts';
import { apiCaller } from '../../shared/testing/api-caller.ts';
import { SITE, siteInMemory } from '../../shared/testing/site.ts';
import { routes } from './api.ts';
import type { Complaint } from './complaint.ts';
import * as loop from './decide.ts';
import type { ComplaintEvent } from './events.ts';
import { type Complaints, complaintsIn, complaintsTable } from './store.ts';
import { registration, WORDS } from './testing.ts';
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

const owed = ({ owed: all }: Complaint) =>
  Object.fromEntries(all.map(({ duty, position, rungs }) => [duty, [position.role, rungs.at(-1)?.to]]));

describe('a complaint about whoever alone holds a position', () => {
  const about = (...alone: { role: Role; department?: string }[]) => ({
    kind: 'attitude' as const,
    about: { staff: 'xu', contact: 'con_0', alone },
  });
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

  test('of somebody who holds all positions up to the manager’s: the director owes all of it', () => {
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

  test('which positions are theirs alone is not told to whoever reads it', () => {
    const { tell } = told(about({ role: 'supervisor' }));
    const state = tell(valid, QIAN);
    const current = { id: 'cmp_1', site: 'sit_1', version: 2, state };
    expect(complaintView(current, QIAN, NOW).about).toEqual({ staff: 'xu', contact: 'con_0' });
  });
});

describe('where all below are the accused, the group’s manager does through the API what they owe', () => {
  const HEAD = { role: 'department-head' as const, department: 'engineering' };
  const BELOW = [HEAD, { role: 'supervisor' }, { role: 'centre-manager' }, { role: 'site-director' }] as const;
  const GROUP = { site: '*', role: 'group-manager' };
  let did: (who: string, what: string, body?: object) => Promise<[what: string, status: number, code?: string]>;
  let complaints: Complaints;
  const begins = async (alone: Position[] | undefined) => {
    const w = await siteInMemory(complaintsTable, { li: { role: 'agent' } }, NOW);
    for (const [name, grants] of [
      ['he', [GROUP]],
      ['ma', [GROUP, { site: SITE, ...HEAD, department: 'finance' }]],
    ] as const) {
      await w.publish({ ...accessKey(name), staff: name, active: true, language: 'en', grants });
    }
    complaints = complaintsIn(w.tables);
    const context = await contextAt(w.deps.policies, SITE, NOW);
    const about = alone && { kind: 'attitude' as const, about: { staff: 'xu', contact: 'con_0', alone } };
    await records([registration(NOW, context, about)]);
    const call = apiCaller(routes, { ...w.deps, complaints });
    did = async (who, what, body = {}) => {
      const { status, body: said } = await call(who, `POST /sites/${SITE}/complaints/cmp_1/${what}`, body);
      return [what, status, said.code];
    };
  };
  const records = (events: NewEvent<ComplaintEvent>[]) =>
    execute(complaints, { site: SITE, id: 'cmp_1', now: NOW, by: 'li', decide: () => events });

  test('to the end', async () => {
    await begins([...BELOW]);
    const steps = [
      ['judge', { valid: true }],
      ['accept', {}],
      ['investigate', { findings: 'so', upheld: false }],
      ['give-up', { reason: 'so' }],
      ['decide', { decision: 'so' }],
      ['resolve', { result: 'so' }],
    ] as const;
    for (const [what, body] of steps) expect(await did('he', what, body)).toEqual([what, 200, undefined]);
    const { state } = await complaints.head(SITE, 'cmp_1');
    const context = { zone: 'Asia/Shanghai', version: 0, policy: DEFAULT_POLICY };
    await records(calledBack(5)({ state, actor: QIAN, now: NOW, context }) as NewEvent<ComplaintEvent>[]);
    expect(await did('he', 'sign', { feedback: 'so' })).toEqual(['sign', 200, undefined]);
  });

  test('also the second look at what another found not valid', async () => {
    await begins([...BELOW]);
    const not = { valid: false, reason: 'no-fact', explanation: 'so' };
    expect(await did('he', 'judge', not)).toEqual(['judge', 200, undefined]);
    const look = { agree: true, explanation: 'so' };
    expect(await did('he', 'second-look', look)).toEqual(['second-look', 422, 'complaint.second-person']);
    expect(await did('ma', 'second-look', look)).toEqual(['second-look', 200, undefined]);
  });

  test('what the site’s director can do is none of theirs', async () => {
    for (const alone of [undefined, BELOW.slice(0, 3)]) {
      await begins(alone);
      for (const who of ['he', 'ma']) expect((await did(who, 'judge', { valid: true }))[1], who).toBe(403);
      await records([
        {
          name: 'complaint.assigned',
          data: { department: 'engineering', kind: 'attitude', anonymous: false, confidential: false, opens: [] },
        },
      ]);
      for (const who of ['he', 'ma']) expect((await did(who, 'accept'))[1], who).toBe(403);
    }
  });

  test('and signs where the head, who isn’t accused, leaves what they owe open: that it is closed', async () => {
    await begins(BELOW.slice(1));
    expect(await did('he', 'judge', { valid: true })).toEqual(['judge', 200, undefined]);
    expect(await did('he', 'accept')).toEqual(['accept', 403, 'department.other']);
    const { tell } = told({ kind: 'attitude', about: { staff: 'xu', alone: BELOW.slice(1) } });
    const HE = actor('he', ['group-manager']);
    tell(valid, HE);
    tell(accepted);
    tell((on) => loop.investigate(on, { findings: WORDS, upheld: false }));
    tell(resolved);
    expect(owed(tell(calledBack(5)))).toMatchObject({
      sign: ['department-head', 'group-manager'],
      close: ['group-manager', 'administrator'],
    });
    expect(tell((on) => loop.sign(on, { feedback: WORDS }), HE).status).toBe('closed');
  });
});
