import type { TransactItem } from '../../../shared/aws/transact-item.ts';
import { payerIds } from '../../../shared/directory/payer.ts';
import type { Directory } from '../../../shared/directory/units.ts';
import type { Random } from '../../../shared/domain/ids.ts';
import { notFound, type Refusal, refuse } from '../../../shared/domain/refusal.ts';
import type { IdempotencyKey } from '../../../shared/journal/execute.ts';
import { executeTogether } from '../../../shared/journal/together.ts';
import type { Actor } from '../../../shared/people/access.ts';
import { personalText, refOf } from '../../../shared/people/personal.ts';
import { keptFor } from '../../../shared/people/retention.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import { type Instant, localDay } from '../../../shared/time/clock.ts';
import { type Account, type Designated, type PayingSeveral, paySeveral } from '../accounts/contract.ts';
import { type Accounts, accountsOfPayer } from '../accounts/contract-store.ts';
import type { AccountEvent } from '../accounts/events.ts';
import { accountsOf, type Letters, letterByNumber } from '../letters/contract-store.ts';
import { keepReference, knownReferences, sameReference } from './reference-store.ts';

export interface PayerDeps {
  accounts: Accounts;
  letters: Letters;
  policies: Policies;
  directory: Directory;
  random: Random;
}

/**
 * Who pays, and the bills that they were asked for in one sum.
 * @throws Refusal not-found
 */
export const askedFor = async (
  { letters }: Pick<PayerDeps, 'letters'>,
  site: string,
  told: { party?: string | undefined; letter?: string | undefined; number?: string | undefined },
): Promise<{ party: string; asked: Designated[] }> => {
  if (told.party !== undefined) return { party: told.party, asked: [] };
  const id = told.letter ?? (await letterByNumber(letters, site, told.number ?? ''));
  if (id === undefined) throw notFound(told.number ?? '');
  const [{ state }, said] = await Promise.all([letters.head(site, id), accountsOf(letters, site, id)]);
  if (!state) throw notFound(id);
  const asked = said.flatMap(({ account, bills = [], debts = [] }) =>
    [...bills, ...debts].map(({ bill }) => ({ account, bill })),
  );
  return { party: state.party, asked };
};

export interface SeveralPayment extends Omit<PayingSeveral, 'reference'> {
  party: string;
  reference?: string | undefined;
  sameReference: boolean;
}

interface Besides {
  also?: readonly TransactItem[];
  refused?: Refusal | undefined;
  sure?(accounts: readonly { id: string; state: Account | undefined }[]): boolean;
}

/**
 * Books one payment over all accounts of a payer, exactly once.
 * @param also items of the same moment
 * @param sure whether it may be booked though nobody has looked, as the accounts stand at that moment
 * @param refused why it can't be any more, unless it was done under this key
 * @throws Refusal
 */
export const payForSeveral = async (
  { accounts, policies, directory, random }: PayerDeps,
  { site, actor, now, idempotencyKey }: { site: string; actor: Actor; now: Instant; idempotencyKey: IdempotencyKey },
  { party, reference, sameReference: again, ...paying }: SeveralPayment,
  { also = [], refused, sure = () => true }: Besides = {},
) => {
  const [payer, context, known] = await Promise.all([
    payerIds(directory, site, party),
    contextAt(policies, site, now),
    knownReferences(accounts, site, paying.method, reference),
  ]);
  const found = await accountsOfPayer(accounts, site, payer);
  const named = [...paying.asked, ...paying.designated].map(({ account }) => account);
  const ids = [...new Set([...found, ...named])].sort();
  if (ids.length === 0) throw refuse('account.no-accounts');
  const kept = keptFor('books', 'reference', now, context.policy);
  const text = reference === undefined ? [] : [personalText('reference', reference, now, random, kept)];
  const paidOn = paying.paidOn ?? localDay(now, context.zone);
  return executeTogether<Account, AccountEvent>(accounts, {
    site,
    ids,
    now,
    by: actor.staff,
    idempotencyKey,
    made: paying.payment,
    personal: text,
    decide: (all) => {
      if (refused) return refused;
      const foreign = all.find(({ id, state }) => named.includes(id) && !payer.includes(state?.party ?? ''));
      if (foreign) return refuse('account.other-payer', { account: foreign.id });
      if (!sure(all)) return refuse('remittance.doubtful');
      const refs = text.map(refOf);
      return (
        sameReference(known, again) ??
        paySeveral({ accounts: all, actor, now, context }, { ...paying, reference: refs[0] })
      );
    },
    extraItems: [...keepReference(accounts, { site, party, reference, before: known, ...paying, paidOn }), ...also],
  });
};
