import type { NewEvent } from '../../shared/domain/events.ts';
import { Refusal } from '../../shared/domain/refusal.ts';
import { append, type Current } from '../../shared/journal/aggregate.ts';
import type { Situation as On } from '../../shared/journal/command.ts';
import type { Actor } from '../../shared/people/access.ts';
import type { Role } from '../../shared/people/positions.ts';
import { DEFAULT_POLICY } from '../../shared/policy/policy.ts';
import { type Complaint, complaintType } from './complaint.ts';
import * as loop from './decide.ts';
import type { ComplaintEvent } from './events.ts';
import { registration, WORDS } from './testing.ts';

export const NOW = Date.UTC(2026, 4, 1, 2);
export const actor = (staff: string, roles: Role[], departments: string[] = []): Actor => ({
  staff,
  roles,
  departments,
});
export const ZHAO = actor('zhao', ['supervisor']);
export const SUN = actor('sun', ['supervisor']);
export const CHEN = actor('chen', ['department-head'], ['engineering']);
export const GU = actor('gu', ['department-head'], ['cleaning']);
export const QIAN = actor('qian', ['centre-manager']);

export type ComplaintStep = (on: On<Complaint>) => NewEvent<ComplaintEvent>[] | Refusal;

export const valid: ComplaintStep = (on) => loop.judge(on, { valid: true }, undefined);
export const doubted: ComplaintStep = (on) => loop.judge(on, { valid: false, reason: 'no-fact' }, WORDS);
export const second =
  (agree: boolean): ComplaintStep =>
  (on) =>
    loop.secondLook(on, { agree, words: WORDS });
export const accepted: ComplaintStep = (on) => loop.accept(on, {});
export const investigated: ComplaintStep = (on) => loop.investigate(on, { findings: WORDS });
export const resolved: ComplaintStep = (on) => loop.resolve(on, { result: WORDS });
export const givenUp: ComplaintStep = (on) => loop.giveUp(on, { reason: WORDS });
export const decided: ComplaintStep = (on) => loop.decide(on, { decision: WORDS });
export const signed: ComplaintStep = (on) => loop.sign(on, { feedback: WORDS });
export const calledBack =
  (rating: number, { ordinal = 1, opinions = 0 } = {}): ComplaintStep =>
  (on) =>
    loop.callbackReached(on, { callback: 'cbk_1', ordinal, calledBy: 'wu', rating, opinions });

/** A complaint told step by step, from its registration; a refusal fails the test unless it is asked for. */
export const told = (
  about: Partial<Pick<Complaint, 'kind' | 'about'>> = {},
  { zone = 'Asia/Shanghai', begin = NOW } = {},
) => {
  const context = { zone, version: 0, policy: DEFAULT_POLICY };
  let current: Current<Complaint> = { id: 'cmp_1', site: 'sit_1', version: 0, state: undefined };
  current = append(complaintType, current, [registration(begin, context, about)], begin, 'li').next;
  const attempt = (step: ComplaintStep, by = CHEN, at = begin) =>
    step({ state: current.state, actor: by, now: at, context });
  const tell = (step: ComplaintStep, by = CHEN, at = begin): Complaint => {
    const newEvents = attempt(step, by, at);
    if (newEvents instanceof Refusal) throw newEvents;
    current = append(complaintType, current, newEvents, at, by.staff).next;
    return current.state as Complaint;
  };
  const refusal = (step: ComplaintStep, by = CHEN, at = begin) => {
    const answer = attempt(step, by, at);
    if (!(answer instanceof Refusal)) throw new Error('was not refused');
    return answer.code;
  };
  const happens = (step: ComplaintStep, by = CHEN) => attempt(step, by) as NewEvent<ComplaintEvent>[];
  return { tell, refusal, happens };
};
