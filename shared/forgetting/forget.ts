import { DeleteCommand, type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { getAll, type Item, inParallel } from '../aws/many.ts';
import { EXPIRES } from '../aws/table.ts';
import type { NewEvent, PersonalRef, Recorded } from '../domain/events.ts';
import { someoneWasFirst } from '../journal/again.ts';
import { execute } from '../journal/execute.ts';
import { personalKey } from '../people/personal.ts';
import { BY_LAW, type Keeps, keepsOfItem, secondsOf } from '../people/retention.ts';
import { type Clock, SECOND } from '../time/clock.ts';
import type { erasureCleared, erasureConfirmed, erasureReplayed, erasureResumed, Keeping, LeftOver } from './events.ts';
import { type ForgettingEvent, type Forgettings, forgettingId } from './forgetting.ts';
import { type AnyJournal, refsDeep, walkTheirs } from './theirs.ts';

export interface ForgetDeps {
  forgettings: Forgettings;
  doc: DynamoDBDocumentClient;
  /** Its table. */
  personal: string;
  clock: Clock;
}

/** What asks a service to forget somebody. */
export type ForgetRequest = Recorded<
  typeof erasureConfirmed | typeof erasureResumed | typeof erasureReplayed | typeof erasureCleared
>;

/** Texts at once, and named in one event. */
const WIDTH = 8;
const NAMED = 1000;

/** What a service found so far. */
export interface Forgotten {
  erased: number;
  left: Map<string, LeftOver>;
  /** Kinds of what isn't finished, and how many. */
  waiting: Map<string, number>;
}
export const nothingFound = (): Forgotten => ({ erased: 0, left: new Map(), waiting: new Map() });

/** Why a text is not erased. */
const lawOf = ({ evidence }: Item, keeps: Keeps | undefined, now: number): LeftOver['law'] => {
  if (BY_LAW.has(keeps)) return keeps as LeftOver['law'];
  return typeof evidence === 'number' && evidence > now ? 'evidence' : undefined;
};

const also = ({ left }: Forgotten, what: string, law: LeftOver['law'], more: Partial<LeftOver>) => {
  const key = `${what} ${law ?? ''}`;
  const { cases = 0, texts = 0, until } = left.get(key) ?? {};
  const last = Math.max(until ?? 0, more.until ?? 0);
  left.set(key, {
    what,
    cases: cases + (more.cases ?? 0),
    texts: texts + (more.texts ?? 0),
    ...(law ? { law } : {}),
    ...(last > 0 ? { until: last } : {}),
  });
};

/**
 * Erases texts, by their references, but for those that a law has kept: nobody reads those any more as part of the daily
 * work. What is erased is told first, so that the list of it never lacks one.
 * @param keeps what texts of the kind of case are kept for, where one doesn't say itself
 */
export const forgetTexts = async (
  { forgettings, doc, personal, clock }: ForgetDeps,
  {
    site,
    erasure,
    service,
    what,
    keeps = 'said',
  }: { site: string; erasure: string; service: Keeping; what: string; keeps?: Keeps | undefined },
  refs: readonly PersonalRef[],
  found: Forgotten,
): Promise<void> => {
  const now = secondsOf(clock());
  const there = (
    await getAll(
      { doc, table: personal },
      refs.map(({ ref }) => personalKey(site, ref)),
    )
  )
    // What lives as long as its party is the registry's alone.
    .filter((item) => service === 'registry' || keepsOfItem(item, keeps) !== undefined);
  const law = (item: Item) => lawOf(item, keepsOfItem(item, keeps), now);
  const kept = there.filter((item) => law(item) !== undefined);
  const gone = there.filter((item) => law(item) === undefined);
  for (const item of kept) {
    const ends = (item[EXPIRES] ?? item.evidence) as number | undefined;
    also(found, what, law(item), { texts: 1, ...(ends === undefined ? {} : { until: ends * SECOND }) });
  }
  for (let i = 0; i < gone.length; i += NAMED) {
    const named = gone.slice(i, i + NAMED).map(({ pk }) => pk.slice(site.length + 1));
    await execute(forgettings, {
      site,
      id: forgettingId(erasure, service),
      now: clock(),
      by: 'system:rights',
      decide: (): NewEvent<ForgettingEvent>[] => [{ name: 'forgetting.erased', data: { erasure, refs: named } }],
    });
  }
  const ignoring = async (write: () => Promise<unknown>) => {
    try {
      await write();
    } catch (error) {
      // It ended, or became evidence, in between: the next time tells.
      if (!someoneWasFirst(error)) throw error;
    }
  };
  await inParallel(kept, WIDTH, ({ pk, sk, [EXPIRES]: ends, evidence, restricted }) =>
    restricted === 'law'
      ? Promise.resolve()
      : ignoring(() =>
          doc.send(
            new UpdateCommand({
              TableName: personal,
              Key: { pk, sk },
              ConditionExpression: 'attribute_exists(pk)',
              ...((ends ?? evidence) === undefined
                ? { UpdateExpression: 'SET restricted = :law', ExpressionAttributeValues: { ':law': 'law' } }
                : {
                    UpdateExpression: `SET restricted = :law, ${EXPIRES} = :ends`,
                    ExpressionAttributeValues: { ':law': 'law', ':ends': ends ?? evidence },
                  }),
            }),
          ),
        ),
  );
  await inParallel(gone, WIDTH, ({ pk, sk, evidence }) =>
    ignoring(() =>
      doc.send(
        new DeleteCommand({
          TableName: personal,
          Key: { pk, sk },
          // What was evidence once, and is none any more, goes as well.
          ...(evidence === undefined ? { ConditionExpression: 'attribute_not_exists(evidence)' } : {}),
        }),
      ),
    ),
  );
  found.erased += gone.length;
};

/** What a service answers, once for each time it is asked; the same found again is the same answer. */
export const tellForgotten = async (
  { forgettings, clock }: ForgetDeps,
  service: Keeping,
  { id: asked, site, aggregate: erasure }: ForgetRequest,
  { erased, left, waiting }: Forgotten,
): Promise<void> => {
  await execute(forgettings, {
    site,
    id: forgettingId(erasure, service),
    now: clock(),
    by: 'system:rights',
    decide: (state): NewEvent<ForgettingEvent>[] =>
      state?.answered.includes(asked)
        ? []
        : [
            {
              name: 'forgetting.done',
              data: {
                erasure,
                service,
                asked,
                erased,
                left: [...left.values()],
                waiting: [...waiting].map(([what, cases]) => ({ what, cases })),
                waits: [...waiting.values()].reduce((sum, cases) => sum + cases, 0),
              },
            },
          ],
  });
};

/**
 * A service forgets a person: every finished case of theirs loses its words, but for what a law has kept; what isn't finished
 * waits. Naturally idempotent: what is erased stays so.
 * @param waits whether something finished is needed for longer, such as money that is theirs
 */
export const forget = async (
  deps: ForgetDeps & { journals: readonly AnyJournal[]; waits?: (type: string, state: never) => boolean },
  service: Keeping,
  event: ForgetRequest,
): Promise<void> => {
  const { journals, waits = () => false } = deps;
  const { site, aggregate: erasure } = event;
  const { parties } = event.data;
  const found = nothingFound();
  for await (const { found: some } of walkTheirs(journals, { site, parties })) {
    for (const { journal, current } of some) {
      const { type, finished, keeps } = journal.type;
      if (!finished(current.state) || waits(type, current.state as never)) {
        found.waiting.set(type, (found.waiting.get(type) ?? 0) + 1);
        continue;
      }
      also(found, type, BY_LAW.has(keeps) ? (keeps as LeftOver['law']) : undefined, { cases: 1 });
      const events = await journal.whole(site, current.id);
      const refs = refsDeep(events.map(({ data }) => data));
      await forgetTexts(deps, { site, erasure, service, what: type, keeps }, refs, found);
    }
  }
  await tellForgotten(deps, service, event, found);
};
