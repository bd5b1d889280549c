import { inParallel } from '../../../shared/aws/many.ts';
import { idsOf, type PayerCard, payersOf } from '../../../shared/directory/payer.ts';
import type { Directory } from '../../../shared/directory/units.ts';
import { execute } from '../../../shared/journal/execute.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import { contextAt, type PolicyContext } from '../../../shared/policy/policy-context.ts';
import { type Instant, localDay } from '../../../shared/time/clock.ts';
import { mailableAt, type PayerAddresses, payerIdOf } from './addresses/payer.ts';
import { join, type LetterRequest, missing } from './join.ts';
import { type Letter, type LetterAccount, letterId } from './letter.ts';
import type { Enqueue } from './mail/queue.ts';
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

export interface Opened {
  id: string;
  state: Letter | undefined;
}

/** Dunning letters wait so long for what the payer's other accounts have to say (s). */
const GATHER = 60;
/** Letters opened side by side. */
const WIDTH = 8;
/** Letters of a payer for one occasion at most: 400 lines each. */
const ORDINALS_MOST = 200;

/** What is wanted of one payer under several ids is wanted of the party that stayed, in one. */
const asOne = (wanted: readonly LetterRequest[], cards: ReadonlyMap<string, PayerCard>): LetterRequest[] => {
  const to = (one: LetterRequest) => cards.get(one.party)?.party ?? one.party;
  const all = Map.groupBy(wanted, (one) => [one.kind, one.part, one.run, to(one)].join(' ')).values();
  return [...all].map((some) => {
    const [first] = some as [LetterRequest];
    return { ...first, party: to(first), accounts: some.flatMap(({ accounts }) => accounts) };
  });
};

/**
 * Opens the letters that have to go out, each payer's once for its occasion, and hands those that can be mailed to the
 * mailer. Done again it adds nothing: what is in a letter is in it once. So whoever calls it calls it until it succeeds.
 * @param at when it was decided that they go out: their day, and their deadline, follow from it
 * @param known the payers' cards, where they were read for what is wanted
 * @returns the letters that hold what is wanted
 */
export const openLetters = async (
  deps: OpenDeps,
  { site, at, by }: { site: string; at: Instant; by: string },
  wanted: readonly LetterRequest[],
  known?: ReadonlyMap<string, PayerCard>,
): Promise<Opened[]> => {
  if (wanted.length === 0) return [];
  const { payers, directory, policies, enqueue } = deps;
  const parties = [...new Set(wanted.map(({ party }) => party))];
  const [context, asked] = await Promise.all([
    contextAt(policies, site, at),
    known ?? payersOf(directory, site, parties),
  ]);
  const cards = new Map([...asked.values()].flatMap((card) => idsOf(card).map((id) => [id, card])));
  const each = asOne(wanted, cards).map((one) => {
    const card = cards.get(one.party);
    return { wanted: one, emails: card?.emails ?? [], ids: card ? idsOf(card) : [one.party] };
  });
  const ids = [...new Set(each.flatMap((one) => one.ids))];
  const records = await payers.heads(site, ids.map(payerIdOf));
  const taught = new Map(records.map(({ state }, i) => [ids[i], state]));
  const opened = await inParallel(each, WIDTH, (one) =>
    openOne(deps, { site, at, by, context }, { ...one, known: one.ids.map((id) => taught.get(id)) }),
  );
  const letters = opened.flat();
  const delay = wanted.some(({ run }) => run === undefined) ? GATHER : 0;
  await enqueue(
    letters.filter(({ state }) => state?.status === 'queued').map(({ id }) => ({ site, letter: id, delay })),
  );
  return letters;
};

interface Opening {
  site: string;
  at: Instant;
  by: string;
  context: PolicyContext;
}

interface ToOne {
  wanted: LetterRequest;
  /** All that the payer goes by. */
  ids: string[];
  emails: PayerCard['emails'];
  known: (PayerAddresses | undefined)[];
}

/** Of what is wanted, what no letter of the occasion has that was opened to another id of the payer before those were merged. */
const notToldBefore = async (
  letters: Letters,
  site: string,
  occasion: Parameters<typeof letterId>[0],
  { wanted, ids }: ToOne,
): Promise<LetterAccount[]> => {
  let left = wanted.accounts;
  for (const party of ids.filter((id) => id !== wanted.party)) {
    for (let ordinal = 1; left.length > 0; ordinal++) {
      const { state } = await letters.head(site, letterId({ ...occasion, party }, ordinal));
      if (!state) break;
      left = missing(state, left);
    }
  }
  return left;
};

const openOne = async ({ letters }: OpenDeps, { site, at, by, context }: Opening, to: ToOne): Promise<Opened[]> => {
  const { wanted, emails, known } = to;
  const { why } =
    wanted.part === 'letter' ? { why: undefined } : mailableAt(emails, known, MANDATORY.includes(wanted.kind));
  const day = localDay(at, context.zone);
  const held: Opened[] = [];
  let left = await notToldBefore(letters, site, { ...wanted, run: wanted.run, day }, to);
  for (let ordinal = 1; left.length > 0; ordinal++) {
    if (ordinal > ORDINALS_MOST) throw new Error(`too many letters to ${wanted.party} for one occasion`);
    const id = letterId({ ...wanted, run: wanted.run, day }, ordinal);
    let rest = left;
    const { current } = await execute(letters, {
      site,
      id,
      now: at,
      by,
      decide: (state) => {
        const joined = join({ state, now: at, context }, { ...wanted, accounts: left }, { ordinal, why });
        rest = joined.left;
        return joined.events;
      },
    });
    if (rest.length < left.length) held.push({ id, state: current.state });
    left = rest;
  }
  return held;
};
