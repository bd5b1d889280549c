import { type Instant, localDay } from '../../../shared/clock.ts';
import { evolve } from '../../../shared/journal/execute.ts';
import { inParallel } from '../../../shared/many.ts';
import { type PayerCard, payersOf } from '../../../shared/payer.ts';
import { type Ground, groundAt, type Policies } from '../../../shared/policy.ts';
import type { Directory } from '../../../shared/units.ts';
import { join, type Wanted } from './join.ts';
import { type Letter, letterId } from './letter.ts';
import { mailableAt, type Payer, payerIdOf } from './payer.ts';
import type { Enqueue } from './queue.ts';
import type { Letters, Payers } from './store.ts';
import { MANDATORY } from './terms.ts';

export interface OpenDeps {
  letters: Letters;
  payers: Payers;
  /** The registry's table, for the payers' cards. */
  directory: Directory;
  policies: Policies;
  enqueue: Enqueue;
}

/** Dunning letters wait so long for what the payer's other accounts have to say (s). */
const GATHER = 60;
/** Letters opened side by side. */
const WIDTH = 8;
/** Letters of a payer for one occasion at most: 400 lines each. */
const ORDINALS_MOST = 200;

/**
 * Opens the letters that have to go out, each payer's once for its occasion, and hands those that can be mailed to the
 * mailer. Done again it adds nothing: what is in a letter is in it once. So whoever calls it calls it until it succeeds.
 * @param at when it was decided that they go out: their day, and their deadline, follow from it
 * @returns the ids of the letters that hold what is wanted
 */
export const openLetters = async (
  deps: OpenDeps,
  { site, at, by }: { site: string; at: Instant; by: string },
  wanted: readonly Wanted[],
): Promise<string[]> => {
  if (wanted.length === 0) return [];
  const { payers, directory, policies, enqueue } = deps;
  const parties = [...new Set(wanted.map(({ party }) => party))];
  const [ground, cards, records] = await Promise.all([
    groundAt(policies, site, at),
    payersOf(directory, site, parties),
    payers.heads(site, parties.map(payerIdOf)),
  ]);
  const known = new Map(records.map(({ state }, i) => [parties[i], state]));
  const opened = await inParallel(wanted, WIDTH, (one) =>
    openOne(deps, { site, at, by, ground }, one, cards.get(one.party), known.get(one.party)),
  );
  const letters = opened.flat();
  const delay = wanted.some(({ run }) => run === undefined) ? GATHER : 0;
  await enqueue(
    letters.filter(({ state }) => state?.status === 'queued').map(({ id }) => ({ site, letter: id, delay })),
  );
  return letters.map(({ id }) => id);
};

interface Opening {
  site: string;
  at: Instant;
  by: string;
  ground: Ground;
}

const openOne = async (
  { letters }: OpenDeps,
  { site, at, by, ground }: Opening,
  wanted: Wanted,
  card: PayerCard | undefined,
  payer: Payer | undefined,
): Promise<{ id: string; state: Letter | undefined }[]> => {
  const { why } =
    wanted.part === 'letter'
      ? { why: undefined }
      : mailableAt(card?.emails ?? [], payer, MANDATORY.includes(wanted.kind));
  const day = localDay(at, ground.zone);
  const held: { id: string; state: Letter | undefined }[] = [];
  let left = wanted.accounts;
  for (let ordinal = 1; left.length > 0; ordinal++) {
    if (ordinal > ORDINALS_MOST) throw new Error(`too many letters to ${wanted.party} for one occasion`);
    const id = letterId({ ...wanted, run: wanted.run, day }, ordinal);
    let rest = left;
    const { current } = await evolve(letters, {
      site,
      id,
      now: at,
      by,
      decide: (state) => {
        const joined = join({ state, now: at, ground }, { ...wanted, accounts: left }, { ordinal, why });
        rest = joined.left;
        return joined.events;
      },
    });
    if (rest.length < left.length) held.push({ id, state: current.state });
    left = rest;
  }
  return held;
};
