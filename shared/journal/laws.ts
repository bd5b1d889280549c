import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { personalTable, type TableDef } from '../aws/table.ts';
import type { EventDef, NewEvent } from '../domain/events.ts';
import { isRungEvent, type Obligation } from '../domain/obligation.ts';
import { Refusal } from '../domain/refusal.ts';
import { memoryTables } from '../memory-tables/tables.ts';
import type { Actor } from '../people/access.ts';
import type { PolicyContext } from '../policy/policy-context.ts';
import { runs } from '../testing/runs.ts';
import type { Instant } from '../time/clock.ts';
import { type AggregateType, append, type Current, type Decision, nextWakeAt, refold, type Wake } from './aggregate.ts';
import type { Situation } from './command.ts';
import type { May } from './decision.ts';
import { type Command, execute, wakeUp } from './execute.ts';
import { type Journal, journal } from './journal.ts';

/** A decision about a case, with what it was asked for already in it. */
export type LawStep<S, D extends EventDef> = (on: Situation<S>) => NewEvent<D>[] | Refusal;

/** What can happen to a kind of case. */
export interface Life<S extends { owed: Obligation[] }, D extends EventDef> {
  type: AggregateType<S, D>;
  table: TableDef;
  people: readonly Actor[];
  context: PolicyContext;
  /** What exactly is owed in a state; then every state is held to it. */
  owes?(state: S): readonly string[];
  /** What it does by itself when it wakes up. */
  wake?: Wake<S, D>;
  /** The same, decided before any command too, where its time had come. */
  fallsDue?: Wake<S, D>;
  /** How it begins. */
  begin: fc.Arbitrary<LawStep<S, D>>;
  /** What is then tried with it. */
  steps: fc.Arbitrary<LawStep<S, D>>;
  /** The most time that passes between two (ms). */
  longest: number;
}

/** Random histories that a law is held to: always as many, whatever the machine. */
export const RUNS = runs(25);

const SITE = 'sit_laws';
/** A quarter of what an item may have, after some sixty commands: a head is read and written as a whole. */
const HEAD_BYTES = 100_000;
const BEGIN: Instant = Date.UTC(2026, 2, 28);

/**
 * The laws of every aggregate that is a case, for random histories, through the same code as in production:
 * the head equals the fold of the journal; the case owes something exactly as long as it isn't finished; it stands in
 * the due index exactly as long as somebody is left to tell; what is journaled fits its declaration; each rung is
 * taken once; the head stays small; and the same key gives the same answer, without a second effect, for good.
 */
export const lawsOf = <S extends { owed: Obligation[] }, D extends EventDef>(life: Life<S, D>) => {
  const { type, table, people, context, begin, steps, longest, owes, wake, fallsDue } = life;
  const move = fc.record({
    after: fc.integer({ min: 0, max: longest }),
    /** Whether a timer or a sweep comes first. */
    wakes: fc.boolean(),
    /** Whether the command arrives twice at the same moment. */
    twice: fc.nat(9).map((n) => n === 0),
    actor: fc.constantFrom(...people),
    begin,
    /** Tried in turn until one is allowed, so that histories get far; a single one is often refused. */
    tries: fc.array(steps, { minLength: 1, maxLength: 12, size: 'max' }),
  });
  return fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 60, size: 'max' }), async (history) => {
    const tables = { doc: memoryTables(table, personalTable), own: table.name, personal: 'personal' };
    const cases = journal(type, tables, fallsDue);
    const id = `${type.type}_laws`;
    const done: { command: Command<S, D>; answer: Answer<S> }[] = [];
    let now = BEGIN;
    let checked = 0;
    for (const [i, { after, wakes, twice, actor, begin: first, tries }] of history.entries()) {
      now += after;
      if (wakes) await wakeUp(cases, { site: SITE, id, now, wake: wake ?? fallsDue });
      const at = now;
      const command: Command<S, D> = {
        site: SITE,
        id,
        now,
        by: actor.staff,
        idempotencyKey: { scope: `move-${i}`, body: 'same' },
        decide: (state) => firstAllowed(state ? tries : [first], { state, actor, now: at, context }),
      };
      const [answer, echo] = await Promise.all([tried(cases, command), twice ? tried(cases, command) : undefined]);
      if (echo) same('one command sent twice at once', echo, answer);
      if (isForGood(answer)) done.push({ command, answer });
      checked = await check(type, cases, { id, now, checked });
      const { state } = await cases.head(SITE, id);
      if (state && owes) same('what is owed', state.owed.map(({ duty }) => duty).sort(), [...owes(state)].sort());
    }
    const before = await cases.head(SITE, id);
    for (const { command, answer } of done) same('a repeated command', await tried(cases, command), answer);
    same('the case after repeating everything', await cases.head(SITE, id), before);
  });
};

/** A command as a sheet says beforehand whether it may be given, and as it is decided then, once for each body that may be sent. */
export interface Foretold<S, D extends EventDef> {
  may: May<S>;
  said(on: Situation<S>): readonly LawStep<S, D>[];
}

/**
 * The law of what a sheet says beforehand, for random histories: at each moment, of each command and each person, it may be given exactly
 * where something that they could say is taken; else whatever they say is refused as it was said beforehand.
 */
export const foretellsOf = <S extends { owed: Obligation[] }, D extends EventDef>(
  life: Pick<Life<S, D>, 'type' | 'people' | 'context' | 'begin' | 'steps' | 'longest'>,
  commands: Record<string, Foretold<S, D>>,
) => {
  const { type, people, context, begin, steps, longest } = life;
  const someone = fc.constantFrom(...people);
  const move = fc.record({
    after: fc.integer({ min: 0, max: longest }),
    begun: fc.tuple(someone, begin),
    tries: fc.array(fc.tuple(someone, steps), { minLength: 1, maxLength: 12, size: 'max' }),
  });
  return fc.property(fc.array(move, { minLength: 1, maxLength: 60, size: 'max' }), (history) => {
    const none: Current<S> = { site: SITE, id: `${type.type}_laws`, version: 0, state: undefined };
    let current = none;
    let now = BEGIN;
    for (const { after, begun, tries } of history) {
      now += after;
      const on = { state: current.state, now, context };
      for (const actor of people) isForetold(commands, { ...on, actor });
      const open = (current.state ? tries : [begun]).flatMap(([actor, step]) => {
        const events = step({ ...on, actor });
        return events instanceof Refusal || events.length === 0
          ? []
          : [append(type, current, events, now, actor.staff).next];
      });
      // It goes on as long as it can; where it has ended and nothing more comes of it, another begins.
      const ended = current.state && type.finished(current.state);
      current = open.find(({ state }) => state && !type.finished(state)) ?? open[0] ?? (ended ? none : current);
    }
  });
};

const isForetold = <S, D extends EventDef>(commands: Record<string, Foretold<S, D>>, on: Situation<S>): void => {
  for (const [name, { may, said }] of Object.entries(commands)) {
    const refused = may(on)?.code;
    const answers = said(on).map((step) => step(on));
    const codes = answers.map((answer) => (answer instanceof Refusal ? answer.code : undefined));
    const fits = refused === undefined ? codes.includes(undefined) : codes.every((code) => code === refused);
    if (!fits)
      throw new Error(`${name} by ${on.actor.staff}: said ${refused}, came to ${codes}: ${JSON.stringify(on)}`);
  }
};

const firstAllowed = <S, D extends EventDef>(tries: readonly LawStep<S, D>[], on: Situation<S>): Decision<D> => {
  const answers = tries.map((step) => step(on));
  const answer = answers.find((one) => !(one instanceof Refusal) && one.length > 0) ?? answers[0] ?? [];
  return answer instanceof Refusal ? answer : { events: answer };
};

/** What somebody who sent a command is told. */
type Answer<S> = Pick<Refusal, 'kind' | 'code' | 'details'> | Pick<Current<S>, 'version' | 'state'>;

/** What is malformed, missing or forbidden may be put right under the same key; all else is recorded. */
const isForGood = <S>(answer: Answer<S>): boolean => !('kind' in answer) || answer.kind === 'rule';

const tried = async <S extends { owed: Obligation[] }, D extends EventDef>(
  cases: Journal<S, D>,
  command: Command<S, D>,
): Promise<Answer<S>> => {
  try {
    const { version, state } = (await execute(cases, command)).current;
    return { version, state };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { kind, code, details } = error;
    return { kind, code, details };
  }
};

/**
 * @param on `checked`: the events up to it are as declared; no write changes one, or the head would not be their fold
 * @returns the events that are
 */
const check = async <S extends { owed: Obligation[] }, D extends EventDef>(
  type: AggregateType<S, D>,
  cases: Journal<S, D>,
  { id, now, checked }: { id: string; now: Instant; checked: number },
): Promise<number> => {
  const { state, version } = await cases.head(SITE, id);
  const events = await cases.history(SITE, id);
  same('the number of events', events.length, version);
  same('the head', state, refold(type, events));
  const bytes = JSON.stringify(state ?? null).length;
  if (bytes > HEAD_BYTES) throw new Error(`after ${version} events the head has ${bytes} bytes`);
  for (const [i, event] of events.entries()) {
    same('the version of an event', event.version, i + 1);
    if (i < checked) continue;
    const def = type.events.find(({ name }) => name === event.name);
    same(`${event.name} as declared`, event.data, def?.data.parse(event.data));
  }
  const rungs = events.flatMap(({ name, data }) => (isRungEvent(name) ? [JSON.stringify(data)] : []));
  same('rungs recorded', rungs.length, new Set(rungs).size);
  if (!state) return events.length;
  const finished = type.finished(state);
  same('owing nothing', state.owed.length === 0, finished);
  same('duties owed once', state.owed.length, new Set(state.owed.map(({ duty, of }) => `${duty} ${of}`)).size);
  const listed = await Promise.all([false, true].map(async (is) => (await cases.list(SITE, is, 10)).items.length));
  same('where it is listed', listed, finished ? [0, 1] : [1, 0]);
  const wakeAt = nextWakeAt(type, state);
  const due = (await cases.due(0, 0, now + 1e12)).items.map((item) => item.wakeAt);
  same('where it is due', due, wakeAt === undefined ? [] : [wakeAt]);
  return events.length;
};

/** Compares as tables do: what is undefined isn't there. */
const same = (what: string, is: unknown, should: unknown): void => {
  if (isDeepStrictEqual(is, should)) return;
  const plain = (value: unknown) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
  if (!isDeepStrictEqual(plain(is), plain(should))) {
    throw new Error(`${what}: ${JSON.stringify(is)} should be ${JSON.stringify(should)}`);
  }
};
