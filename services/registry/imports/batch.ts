import { inParallel, writeAll } from '../../../shared/aws/many.ts';
import type { TransactItem } from '../../../shared/aws/transact-item.ts';
import type { EventDef } from '../../../shared/domain/events.ts';
import { Refusal } from '../../../shared/domain/refusal.ts';
import { append, type Current, type Decision, type Published } from '../../../shared/journal/aggregate.ts';
import { packed } from '../../../shared/journal/batch.ts';
import type { Journal } from '../../../shared/journal/journal.ts';
import type { ImportContext } from './importer.ts';

/** Transactions at once. */
const WIDTH = 8;

interface Records {
  owed: [];
}

/** The items of one aggregate's step, not written yet; none when there is nothing to do. @throws Refusal */
export const step = <S extends Records, D extends EventDef>(
  journal: Journal<S, D>,
  { person, now }: ImportContext,
  current: Current<S>,
  decision: Decision<D>,
  publish: (next: Current<S>, before: S | undefined) => Published,
): TransactItem[] => {
  if (decision instanceof Refusal) throw decision;
  if (decision.events.length === 0) return [];
  const { events, next } = append(journal.type, current, decision.events, now, person.staff);
  const published = publish(next, current.state);
  return journal.items({ next, from: current.version, events, personal: decision.personal ?? [], published });
};

/** Steps may each demand that the same party is still there; DynamoDB takes one operation on an item in a transaction. */
const demandedOnce = (items: readonly TransactItem[]): TransactItem[] => {
  const seen = new Set<string>();
  return items.filter(({ ConditionCheck }) => {
    if (!ConditionCheck) return true;
    const { TableName, Key = {} } = ConditionCheck;
    const place = `${TableName} ${Key.pk} ${Key.sk}`;
    return seen.size < seen.add(place).size;
  });
};

/**
 * Writes steps, each wholly, as many in a transaction as it holds. No key guards them: what they publish is unique and
 * a head's version moves once, so that a step can't be written twice. A failed condition means that somebody else was
 * there in between: whoever calls compares again.
 */
export const commit = async ({ registry }: ImportContext, steps: readonly TransactItem[][]): Promise<void> => {
  const transactions = packed(steps, (items) => items).map((some) => demandedOnce(some.flat()));
  await inParallel(transactions, WIDTH, (items) => writeAll(registry.units.doc, items));
};
