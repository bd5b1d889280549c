import type { EventDef } from '../domain/events.ts';
import { isRungEvent, type Obligation } from '../domain/obligation.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Current } from './aggregate.ts';
import type { Journal } from './journal.ts';

/**
 * Nobody did anything to it since whoever asks looked; that the clock said something of what is owed is no change.
 * @returns a refusal (412) otherwise, which isn't recorded: the command may be given again once its giver has looked
 */
const changedSince = async <S extends { owed: Obligation[] }, D extends EventDef>(
  journal: Pick<Journal<S, D>, 'history'>,
  { site, id, version }: Current<S>,
  seen: number | undefined,
): Promise<Refusal | undefined> => {
  if (seen === undefined || seen === version) return undefined;
  const isClose = seen < version && version - seen <= MOST_SINCE;
  const since = isClose ? await journal.history(site, id, version - seen, seen) : [];
  return since.length > 0 && since.every(({ name }) => isRungEvent(name))
    ? undefined
    : new Refusal('changed', 'request.changed', { version, seen });
};
/** The clock says less than this between two looks: whoever has seen less is looking at something old. */
const MOST_SINCE = 100;

/**
 * Whether a head is as whoever gives a command has seen it. The first time that it isn't it is to be read again with the key: the key may
 * be older than the head, and what changed that the same command.
 * @throws Refusal the second time
 */
export const seenAs = <S extends { owed: Obligation[] }, D extends EventDef>(
  journal: Pick<Journal<S, D>, 'history'>,
  seen: number | undefined,
) => {
  let isFirst = true;
  return async (head: Current<S>): Promise<boolean> => {
    const changed = await changedSince(journal, head, seen);
    if (!changed) return true;
    if (!isFirst) throw changed;
    isFirst = false;
    return false;
  };
};
