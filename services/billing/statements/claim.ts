import { getAll } from '../../../shared/aws/many.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import { notFound, Refusal, refuse } from '../../../shared/domain/refusal.ts';
import { append, type Current } from '../../../shared/journal/aggregate.ts';
import { execute, type IdempotencyKey } from '../../../shared/journal/execute.ts';
import type { Actor } from '../../../shared/people/access.ts';
import type { PersonalReader } from '../../../shared/people/personal.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import type { Instant } from '../../../shared/time/clock.ts';
import type { Designated } from '../accounts/contract.ts';
import { type PayerDeps, payForSeveral } from '../payments/contract.ts';
import { knownByHash } from '../payments/contract-store.ts';
import { type Books, notReversed } from '../receipts/contract-store.ts';
import { claim } from './decide.ts';
import { isOwed } from './owed.ts';
import { publishedOf, type Remittance, remittanceType, remittedKey } from './remittance.ts';
import { reopenLine } from './reopen.ts';
import type { Remittances } from './store.ts';
import type { ClaimRule } from './terms.ts';

export interface ClaimDeps extends PayerDeps {
  remittances: Remittances;
  books: Books;
  personal: PersonalReader;
}
export interface By {
  site: string;
  actor: Actor;
  now: Instant;
  idempotencyKey: IdempotencyKey;
}

export interface Whose {
  party: string;
  asked?: readonly Designated[];
  designated?: readonly Designated[];
  rule?: ClaimRule | undefined;
  /** Booked alone it has to be all that was asked for, and no part of it. */
  exactly?: boolean;
  /** Another payment is known under its number, and this is none of it. */
  sameReference?: boolean;
}

/**
 * Books a line as a payment of somebody, exactly once: line, payment and accounts in one transaction. The payment's id
 * follows from the line. @throws Refusal
 */
export const book = async (deps: ClaimDeps, by: By, id: string, whose: Whose): Promise<Remittance> => {
  const { site, now, actor } = by;
  const { remittances, policies, personal } = deps;
  const [current, context] = await Promise.all([remittances.head(site, id), contextAt(policies, site, now)]);
  const { state } = current;
  if (!state) throw notFound(id);
  // Claimed anew after its payment was reversed, it is another payment.
  const payment = derivedId('payment', id, state.claims ? state.claims + 1 : undefined);
  const events = claim({ ...current, now, context }, { payment, party: whose.party, rule: whose.rule });
  const refused = events instanceof Refusal ? events : undefined;
  const written = append(remittanceType, current, events instanceof Refusal ? [] : events, now, actor.staff);
  const next = written.next as Current<Remittance>;
  const { version: from } = current;
  const line = { next, from, before: state, events: written.events, personal: [], published: publishedOf(next) };
  const { rule, asked = [], designated = [] } = whose;
  const sure = (accounts: Parameters<typeof isOwed>[0]) =>
    rule === undefined || isOwed(accounts, { fen: state.fen, asked, designated, exactly: whose.exactly });
  const number = state.number && (await personal.read(site, [state.number])).get(state.number.ref);
  await payForSeveral(
    deps,
    by,
    {
      party: whose.party,
      payment,
      asked,
      designated,
      fen: state.fen,
      method: state.channel,
      paidOn: state.paidOn,
      dayProven: true,
      reference: number,
      // What is booked alone had a number that nothing was known by.
      sameReference: whose.sameReference || (whose.rule === undefined && (await knownByItself(deps, site, id, state))),
    },
    { also: refused ? [] : remittances.items(line, await remittances.duePartitions()), refused, sure },
  );
  return (await remittances.head(site, id)).state as Remittance;
};

/** Its number is known by no payment that stands but those of this line: its other parts. */
const knownByItself = async (
  { accounts, books }: ClaimDeps,
  site: string,
  id: string,
  state: Remittance,
): Promise<boolean> => {
  const { part = id, reference } = state;
  if (reference === undefined) return false;
  const known = await knownByHash(accounts, site, reference);
  if (known.length === 0) return false;
  return (await notReversed(books, site, known)).every(({ payment }) => payment.startsWith(derivedId('payment', part)));
};

/**
 * The line is a payment that was entered before, and stands: nothing is booked. Reversed meanwhile, its receipt's writer may
 * not have found the line, and it is money without a name again. @throws Refusal
 */
export const link = async (
  { remittances, policies, books }: ClaimDeps,
  { site, now, actor, idempotencyKey }: By,
  id: string,
  { payment, party, rule }: { payment: string; party: string; rule?: ClaimRule | undefined },
) => {
  const { doc, own } = remittances;
  const stands = async () => (await notReversed(books, site, [{ payment }])).length > 0;
  const [context, [taken], stood] = await Promise.all([
    contextAt(policies, site, now),
    getAll({ doc, table: own }, [remittedKey(site, payment)]),
    stands(),
  ]);
  await execute(remittances, {
    site,
    id,
    now,
    by: actor.staff,
    idempotencyKey,
    decide: (state) => {
      if (taken && taken.of !== id) return refuse('remittance.payment-taken', { payment });
      if (!stood) return refuse('remittance.payment-reversed', { payment });
      const events = claim({ state, now, context }, { payment, party, rule });
      return events instanceof Refusal ? events : { events };
    },
    publish: publishedOf,
  });
  if (!(await stands())) await reopenLine({ remittances, policies }, { site, payment, now, by: actor.staff });
};
