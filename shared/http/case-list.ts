import * as z from 'zod';
import type { EventDef } from '../domain/events.ts';
import { type IdKind, idsMade } from '../domain/ids.ts';
import { NUMBERED, type SoughtNumber, soughtNumber } from '../domain/number.ts';
import type { Obligation } from '../domain/obligation.ts';
import { invalid } from '../domain/refusal.ts';
import type { Current } from '../journal/aggregate.ts';
import type { Journal, Page } from '../journal/journal.ts';
import { numberedIn } from '../journal/numbers.ts';
import type { Actor } from '../people/access.ts';
import type { Policies } from '../policy/policies.ts';
import { addDays, type Day, daysBetween, type Instant, localDay, startOfDay } from '../time/clock.ts';
import { dayIn, pageByName, pageOf, paging } from './schemas.ts';

/** Open cases of a site and kind that are looked through at most; where there are more, the answer says so. */
const OPEN_MOST = 5_000;
/** Finished ones that one page looks through: it may hold fewer than were asked for, and goes on. */
export const FINISHED_MOST = 2_000;
/** Days that finished cases are sought in. */
const DAYS_MOST = 92;
/** Values of one field. */
const VALUES_MOST = 20;
const AT_ONCE = 100;

/** Several of what a schema takes, apart by commas: any of them. */
export const anyOf = (one: z.ZodType<string, string>) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(one).max(VALUES_MOST));

/** What is so of it, or isn't. */
export const yesNo = (description: string) => z.enum(['true', 'false']).optional().meta({ description });

/**
 * The query of a list of cases: by which fields of its items it may be asked for, each with what it may be.
 * @param fields the answer's own, so that nobody finds a case by what is kept from them
 */
export const caseQuery = <const F extends Record<string, z.ZodType<string, string>>>(fields: F) =>
  openQuery(fields).extend({
    number: z
      .string()
      .regex(/^[A-Za-z]{0,2}[\d-]{1,20}$/)
      .optional()
      .meta({
        description: 'As somebody says it, of the last 31 days where it names none: `4`, `30-4`, `1130-4`; alone',
      }),
    from: dayIn.optional().meta({ description: 'The first of the days on which what it goes back to came in' }),
    to: dayIn.optional().meta({ description: `Included; at most ${DAYS_MOST} days from \`from\`` }),
  });

/** The same of what has no number and comes in on no day: accounts, letters. */
export const openQuery = <const F extends Record<string, z.ZodType<string, string>>>(fields: F) =>
  z.strictObject({
    state: z.enum(['open', 'finished']).default('open'),
    sort: z
      .enum(['newest', 'due'])
      .default('newest')
      .meta({ description: 'Of open ones: newest first, or by what is due first' }),
    late: yesNo('Something of it is, or nothing is, owed and late'),
    ...(Object.fromEntries(
      Object.entries(fields).map(([name, one]) => [
        name,
        anyOf(one).optional().meta({ description: 'One, or several apart by commas: any of them' }),
      ]),
    ) as { [K in keyof F]: z.ZodOptional<ReturnType<typeof anyOf>> }),
    ...paging,
  });

/** A page of such a list. */
export const casePageOf = <T extends z.ZodType>(item: T) =>
  pageOf(item).extend({
    more: z
      .literal(true)
      .optional()
      .meta({ description: `More than ${OPEN_MOST} are open: not all were looked through` }),
  });

interface Asked {
  state: 'open' | 'finished';
  sort: 'newest' | 'due';
  late?: 'true' | 'false' | undefined;
  from?: Day | undefined;
  to?: Day | undefined;
  number?: string | undefined;
  limit: number;
  after?: string | undefined;
}

/** A case as it is answered. */
interface Listed {
  id: string;
  owed: readonly { due: string; late: boolean }[];
}

/** Of which cases a list is, and as what each is told. */
export interface CaseListOf<Deps, S extends { owed: Obligation[] }, D extends EventDef, V extends Listed> {
  /** Where it has a number, and an id by when it came in: as what. */
  kind?: keyof typeof NUMBERED;
  /** What is asked of an answer otherwise than that a field of it is one of some values. */
  filters?: Filters<V>;
  journal(deps: Deps): Journal<S, D>;
  view(current: Current<S>, actor: Actor, now: Instant): V;
}

/** By the query's name: whether an answer is as asked, on a day of the site's. */
export type Filters<V> = Readonly<Record<string, (one: V, asked: never, today: Day) => boolean>>;

interface Cases<C, V> {
  kind: keyof typeof NUMBERED | undefined;
  filters: Filters<V>;
  zone: string;
  now: Instant;
  list(finished: boolean, limit: number, before?: string): Promise<Page<C>>;
  /** Those of a number. */
  numbered(sought: SoughtNumber): Promise<C[]>;
  /** What whoever asks is told of one. */
  view(current: C): V;
}

/** What asks for no case in particular. */
const PLAIN = new Set(['state', 'sort', 'limit', 'after']);
const OF_LIST = new Set(['state', 'number', 'sort', 'late', 'from', 'to', 'limit', 'after']);

const wanted = <V extends Listed>(query: Asked & Record<string, unknown>, filters: Filters<V>, today: Day) => {
  const fields = Object.entries(query).filter(([name, value]) => !OF_LIST.has(name) && value !== undefined);
  return (one: V): boolean =>
    (query.late === undefined || one.owed.some(({ late }) => late) === (query.late === 'true')) &&
    fields.every(([name, asked]) =>
      filters[name]
        ? filters[name](one, asked as never, today)
        : (asked as unknown[]).includes((one as Record<string, unknown>)[name]),
    );
};

/** Between which ids the cases lie that came in on the days asked for. */
const spanOf = (kind: IdKind, zone: string, { from, to }: Asked): [from: string, before: string] | undefined => {
  if (from === undefined && to === undefined) return undefined;
  if (from === undefined || to === undefined) throw invalid({ field: 'query.from', rule: 'field.from-and-to' });
  if (to < from) throw invalid({ field: 'query.to', rule: 'field.not-before-from' });
  if (daysBetween(from, to) >= DAYS_MOST)
    throw invalid({ field: 'query.to', rule: 'field.days-most', details: { days: DAYS_MOST } });
  return idsMade(kind, startOfDay(from, zone), startOfDay(addDays(to, 1), zone));
};

/** Goes through a list from its newest on, within a span of ids, until as many were looked at as may be or enough are found. */
export const walk = async <C extends { id: string }, V>(
  { list, view }: Pick<Cases<C, V>, 'list' | 'view'>,
  how: { finished: boolean; before: string | undefined; from: string; most: number; enough: number },
  isWanted: (one: V) => boolean,
): Promise<{ found: V[]; next: string | undefined }> => {
  const found: V[] = [];
  let [seen, before] = [0, how.before];
  for (;;) {
    const page = await list(how.finished, Math.min(AT_ONCE, how.most - seen), before);
    for (const current of page.items) {
      if (current.id < how.from) return { found, next: undefined };
      const one = view(current);
      if (!isWanted(one)) continue;
      found.push(one);
      if (found.length === how.enough) return { found, next: current.id };
    }
    seen += AT_ONCE;
    before = page.next;
    if (before === undefined || before < how.from) return { found, next: undefined };
    if (seen >= how.most) return { found, next: before };
  }
};

/** By what of it is due first; what owes nothing comes last. */
const dueFirst = ({ id, owed }: Listed): string => `${owed.map(({ due }) => due).sort()[0] ?? '~'} ${id}`;

/**
 * A page of a site's cases as whoever asks is told of them: newest first, or by what is due first.
 * @returns `more` where there are more open ones than are looked through
 * @throws Refusal for finished ones by a field and no days
 */
const caseList = async <C extends { id: string }, V extends Listed>(
  cases: Cases<C, V>,
  query: Asked & Record<string, unknown>,
): Promise<{ items: V[]; next?: string; more?: true }> => {
  const { state, sort, limit, after, number } = query;
  const { kind } = cases;
  const today = localDay(cases.now, cases.zone);
  if (number !== undefined && kind) {
    if (Object.entries(query).some(([name, is]) => is !== undefined && name !== 'number' && !PLAIN.has(name)))
      throw invalid({ field: 'query.number', rule: 'field.number-alone' });
    const sought = soughtNumber(number, NUMBERED[kind], today);
    return { items: sought ? (await cases.numbered(sought)).slice(0, limit).map(cases.view) : [] };
  }
  const finished = state === 'finished';
  const span = kind && spanOf(kind, cases.zone, query);
  const isWanted = wanted(query, cases.filters, today);
  const isPlain = sort === 'newest' && Object.entries(query).every(([name, is]) => is === undefined || PLAIN.has(name));
  if (isPlain) {
    const { items, next } = await cases.list(finished, limit, after);
    return { items: items.map(cases.view), ...(next === undefined ? {} : { next }) };
  }
  if (finished && sort === 'due') throw invalid({ field: 'query.sort', rule: 'field.due-of-open' });
  if (finished && kind && !span) throw invalid({ field: 'query.from', rule: 'field.finished-by-days' });
  const [from, until] = span ?? ['', undefined];
  if (sort === 'newest') {
    const how = { finished, from, before: after ?? until, enough: limit, most: finished ? FINISHED_MOST : OPEN_MOST };
    const { found, next } = await walk(cases, how, isWanted);
    return { items: found, ...(next === undefined ? {} : { next }) };
  }
  const how = { finished, from, before: until, enough: Number.POSITIVE_INFINITY, most: OPEN_MOST };
  const { found, next } = await walk(cases, how, isWanted);
  const sorted = found.sort((a, b) => (dueFirst(a) < dueFirst(b) ? -1 : 1));
  return { ...pageByName(sorted, dueFirst, { limit, after }), ...(next === undefined ? {} : { more: true as const }) };
};

/** Handles the list of a site's cases. */
export const listsCases =
  <Deps extends { policies: Policies }, S extends { owed: Obligation[] }, D extends EventDef, V extends Listed>({
    kind,
    filters = {},
    journal,
    view,
  }: CaseListOf<Deps, S, D, V>) =>
  async (
    {
      params: { site },
      query,
      actor,
      now,
    }: { params: { site: string }; query: Asked & Record<string, unknown>; actor: Actor; now: Instant },
    deps: Deps,
  ) => {
    const { timeZone: zone } = await deps.policies.site(site);
    const cases = journal(deps);
    const list: Cases<Current<S>, V>['list'] = (...page) => cases.list(site, ...page);
    const numbered = (sought: SoughtNumber) => numberedIn(cases, site, sought);
    return caseList({ kind, filters, zone, now, list, numbered, view: (one) => view(one, actor, now) }, query);
  };
