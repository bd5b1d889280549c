import type { Current } from '../../../shared/journal/aggregate.ts';
import type { SiteFacts } from '../../../shared/policy/policy.ts';
import { type Day, type Instant, startOfDay } from '../../../shared/time/clock.ts';
import { type Content, type ImprovementLine, MOST } from './content.ts';
import type { Improvement } from './improvements/improvement.ts';
import type { Improvements } from './improvements/store.ts';
import { isLate } from './improvements/view.ts';
import type { Sources } from './sources.ts';

/** Improvements read in one page. */
const PAGE = 100;

/** All of a state, page by page. */
const everyOne = async (improvements: Improvements, site: string, ended: boolean): Promise<Current<Improvement>[]> => {
  const found: Current<Improvement>[] = [];
  let after: string | undefined;
  do {
    const page = await improvements.walk(site, ended, PAGE, after);
    found.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return found;
};

const lineOf = (
  { id, site, state }: Current<Improvement>,
  { departments }: SiteFacts,
  now: Instant,
): ImprovementLine[] => {
  if (!state) return [];
  const { topic, words, position, dueDay, status, said } = state;
  const department = departments.find((one) => one.id === position.department)?.name;
  const owner = { position, ...(department === undefined ? {} : { department }) };
  return [{ id, site, topic, words, ...owner, dueDay, status, late: isLate(state, now), ...(said ? { said } : {}) }];
};

/** What is to become better: all that is planned, and what was done or dropped since the period began. */
export const readImprovements = async ({ improvements }: Sources, facts: SiteFacts, from: Day, now: Instant) => {
  const { site, timeZone } = facts;
  const since = startOfDay(from, timeZone);
  const listed = await Promise.all([everyOne(improvements, site, false), everyOne(improvements, site, true)]);
  // One that moves from one list to the other meanwhile stands in both.
  const all = new Map(listed.flat().map((one) => [one.id, one]));
  const told = [...all.values()].filter(({ state }) => state?.endedAt === undefined || state.endedAt >= since);
  return told.flatMap((one) => lineOf(one, facts, now));
};

/** Late ones first, then by the day they are due. */
export const improvementsOf = (all: readonly ImprovementLine[]): Content['improvements'] => {
  const order = ({ late, dueDay, id }: ImprovementLine) => `${late ? 0 : 1}${dueDay}${id}`;
  const sorted = [...all].sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const ofStatus = (status: ImprovementLine['status']) => all.filter((one) => one.status === status);
  const open = ofStatus('planned');
  return {
    lines: sorted.slice(0, MOST),
    more: Math.max(0, sorted.length - MOST),
    open: open.length,
    late: open.filter(({ late }) => late).length,
    done: ofStatus('done').length,
    dropped: ofStatus('dropped').length,
  };
};
