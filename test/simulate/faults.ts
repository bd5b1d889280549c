import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { AwsError } from '../../local/aws-error.ts';
import type { MemoryCloud } from '../../local/in-memory/cloud.ts';
import { isPassing, noAnswer, overRate, thrown } from '../../local/in-memory/errors.ts';
import type { Instance } from '../../local/in-memory/instances.ts';
import type { Chance } from '../../local/in-memory/random.ts';
import { actionOf } from '../../local/in-memory/requests.ts';
import { type Call, hasParts, inPart, never, type Weather } from '../../local/in-memory/weather.ts';
import type { FunctionModel } from '../../local/model.ts';
import { DAY, HOUR, MINUTE } from '../../shared/time/clock.ts';

/** What can go wrong with a call. */
type Fault =
  | 'kill-before'
  | 'kill-after'
  | 'throttle'
  | 'timeout-before'
  | 'timeout-after'
  | 'partial'
  | 'conflict'
  | 'contended'
  | 'slow';
type Indexes = ReturnType<MemoryCloud['indexes']>;
/** How often what went wrong. */
export type Counted = Record<string, number>;
export const count = (counted: Counted, fault: string, often = 1): void => {
  counted[fault] = (counted[fault] ?? 0) + often;
};

const READS = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan']);
const isRead = ({ command }: Call) => READS.has(actionOf(command));
const isTransaction = ({ command }: Call) => actionOf(command) === 'TransactWriteItems';

/** So long (ms, clock) a function is left alone after a fault: Lambda tries an event three times in five minutes, and no more. */
const MERCY = 15 * 60_000;
/** A write goes wrong so much more often than a read: there are fewer of them, and more hangs on them. */
const WRITES_MORE = 10;
/** One call in so many takes its time, while others go on. */
const SLOW = 600;
/** Steps that a slow call lets others take, at most. */
const STEPS = 400;
/** One query of an index in so many is answered as the index was a while ago. */
const LAGS = 5;
/** How long ago at most, ms: mostly what a busy index is behind by, now and then as far as one behind on its writes. */
const BEHIND = [2000, 2000, 30_000];
/** Transactions of one instance that somebody else is faster than, one after the other: more than anything tries. */
const CONTENDED = 12;

/** Lets everything else go on for so many steps. No timer of the machine: what those let pass between isn't the same each time. */
export const waits = async (steps: number): Promise<void> => {
  for (let n = 0; n < steps; n++) await undefined;
};

const canceled = (Code: string): Error =>
  new TransactionCanceledException({ message: 'simulated', CancellationReasons: [{ Code }], $metadata: {} });

const throttledOf = (call: Call): Error => {
  if (isTransaction(call)) return canceled('ThrottlingError');
  if (call.service === 'dynamodb') return overRate();
  const code = call.service === 'ses' ? 'Throttling' : 'ThrottlingException';
  return thrown(call.service, new AwsError(code, 'simulated', 400));
};

const kindsOf = (call: Call): Fault[] => [
  'kill-before',
  'kill-after',
  'throttle',
  'timeout-before',
  ...(isRead(call) ? [] : (['timeout-after', 'timeout-after'] as const)),
  ...(isTransaction(call) ? (['conflict', 'contended', 'contended'] as const) : []),
  ...(hasParts(call.command) ? (['partial', 'partial'] as const) : []),
];

/**
 * Answers a query of an index that hasn't followed the latest writes of some of its table's items, or of all; nothing where there
 * is nothing to follow.
 */
const behind = ({ command }: Call, chance: Chance, indexes: Indexes, now: number): Promise<unknown> | undefined => {
  const input = command.input as QueryCommandInput;
  if (actionOf(command) !== 'Query' || input.IndexName === undefined || !chance.oneIn(LAGS)) return undefined;
  const recent = indexes.since(input, now - chance.pick(BEHIND));
  if (recent.length === 0) return undefined;
  const since = recent.slice(chance.below(recent.length));
  const some = new Set(since.map(({ key }) => key).filter(() => chance.oneIn(2)));
  const missing = chance.oneIn(2) ? since : since.filter(({ key }) => some.has(key));
  return missing.length === 0 ? undefined : indexes.lagging(input, missing);
};

/**
 * Weather in which calls fail: one in so many, and never the same function twice within a quarter of an hour, so that whatever
 * AWS would try again gets through at last.
 */
export const storm = (chance: Chance, oneIn: number, { clock, indexes }: MemoryCloud, counted: Counted): Weather => {
  const { now } = clock;
  const followed = indexes();
  const lags = chance.of('lags');
  const spared = new Map<string, number>();
  /** Of an instance, at which moment and how many of its next transactions somebody else is faster than. */
  const contended = new WeakMap<Call['instance'], { at: number; left: number }>();

  const strike = async (call: Call, kind: Fault): Promise<unknown> => {
    const { instance, command, act } = call;
    const dies = () => {
      instance.die();
      return never();
    };
    switch (kind) {
      case 'kill-before':
        return dies();
      case 'kill-after':
        return act(command).then(dies, dies);
      case 'throttle':
        throw throttledOf(call);
      case 'timeout-before':
        throw noAnswer();
      case 'timeout-after': {
        const answer = await act(command);
        // The SDK tries again: a transaction under the same token, anything else anew. Or it gives up; a mail it tries once.
        if (chance.oneIn(2) || call.service === 'ses') throw noAnswer();
        return isTransaction(call) ? answer : act(command);
      }
      case 'conflict':
        throw canceled('TransactionConflict');
      case 'contended':
        contended.set(instance, { at: now(), left: CONTENDED });
        throw canceled('TransactionConflict');
      case 'partial': {
        const where = chance.next();
        const cut = () => inPart(command, act, (place, of) => place !== Math.floor(where * of));
        // Of a single part nothing is taken, which is a throttle: the SDK tries that again.
        return cut().catch((error) => {
          if (!isPassing(error)) throw error;
          return act(command);
        });
      }
      case 'slow':
        await waits(1 + chance.below(STEPS));
        return act(command);
    }
  };

  return async (call) => {
    const { instance } = call;
    const others = isTransaction(call) ? contended.get(instance) : undefined;
    if (others && others.left-- > 0 && others.at === now()) {
      throw canceled('TransactionConflict');
    }
    const late = behind(call, lags, followed, now());
    if (late) {
      count(counted, 'lag');
      return late;
    }
    const fn = instance.fn.arn;
    if (chance.oneIn(SLOW)) {
      count(counted, 'slow');
      return strike(call, 'slow');
    }
    if (!chance.oneIn(isRead(call) ? oneIn : oneIn / WRITES_MORE) || (spared.get(fn) ?? 0) > now())
      return call.act(call.command);
    spared.set(fn, now() + MERCY);
    const kind = chance.pick(kindsOf(call));
    count(counted, kind);
    return strike(call, kind);
  };
};

/** One event in so many is handed to two instances at once, and more of those that a function gets first. */
const TWINS = 40;
const FIRST = 3;
export const twins = (chance: Chance, counted: Counted) => {
  const seen = new Map<string, number>();
  return ({ arn }: FunctionModel): boolean => {
    const before = seen.get(arn) ?? 0;
    seen.set(arn, before + 1);
    const both = chance.oneIn(Math.min(TWINS, FIRST + before / 10));
    if (both) count(counted, 'twins');
    return both;
  };
};

/** Clocks of instances differ by less than this, ms: two that do the same at once don't do it at the same time. */
const AHEAD = 5;
export const clocks = (chance: Chance) => {
  const ahead = new WeakMap<Instance, number>();
  return (instance: Instance): number => {
    const known = ahead.get(instance) ?? chance.below(AHEAD);
    ahead.set(instance, known);
    return known;
  };
};

/** Who fails once in so many events fails for a while: less often the more it does. */
const FAILS = 8000;
const FAILS_FIRST = 100;
/** For how long, ms: what is tried three times in three minutes, or for an hour, becomes a dead letter. */
const FOR = [5 * MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR];
/** When somebody looks to the dead letters, ms after it began. */
const NOTICED = [HOUR, 3 * HOUR, DAY];

/** A function fails at whatever it is given from one instant until another. */
export interface Outage {
  fn: string;
  from: number;
  until: number;
}

/** Functions that fail at whatever they are given for a while, of those whose events become dead letters: most don't come to anything. */
export const outages = (
  chance: Chance,
  { deployment, clock }: MemoryCloud,
  counted: Counted,
  began: (outage: Outage, noticedAfter: number) => void,
) => {
  const targets = [...deployment.rules.flatMap((rule) => rule.targets), ...deployment.schedules.map((s) => s.target)];
  const arns = new Set([
    ...targets.map(({ arn }) => arn),
    ...deployment.mappings.map(({ functionArn }) => functionArn),
  ]);
  const seen = new Map<string, { events: number; until: number; comesTo: boolean }>();
  return ({ arn }: FunctionModel): 'before' | 'after' | undefined => {
    if (!arns.has(arn)) return undefined;
    const { events, until, comesTo } = seen.get(arn) ?? { events: 0, until: 0, comesTo: false };
    const now = clock.now();
    if (until <= now) {
      const begins = chance.oneIn(Math.min(FAILS, FAILS_FIRST + events));
      if (!begins) {
        seen.set(arn, { events: events + 1, until: 0, comesTo });
        return undefined;
      }
      const outage = { fn: arn, from: now, until: now + chance.pick(FOR) };
      seen.set(arn, { events: events + 1, until: outage.until, comesTo: chance.oneIn(3) });
      count(counted, 'outage');
      began(outage, chance.pick(NOTICED));
      return 'before';
    }
    return comesTo && chance.oneIn(2) ? 'after' : 'before';
  };
};
