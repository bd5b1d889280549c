import * as z from 'zod';
import { payerIds } from '../../../shared/directory/payer.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { notFound, Refusal } from '../../../shared/domain/refusal.ts';
import { rule } from '../../../shared/http/field-rules.ts';
import type { Route } from '../../../shared/http/route.ts';
import { routesFor } from '../../../shared/http/route.ts';
import { dayIn, idParam, siteOnly, siteParam, words } from '../../../shared/http/schemas.ts';
import { executeTogether } from '../../../shared/journal/together.ts';
import { personalText, refOf } from '../../../shared/people/personal.ts';
import { keptFor } from '../../../shared/people/retention.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import {
  type Account,
  type Deps as AccountDeps,
  accountOut,
  accountView,
  BOOKKEEPERS,
  billNameIn,
  CASHIERS,
  fen,
  type Ledger,
  METHODS,
  moveCredit,
  one,
  PATH,
  partyOf,
  prepaid,
  referenceIn,
  reverseSeveral,
} from '../accounts/contract.ts';
import { partsOfPayment, readLedger } from '../accounts/contract-store.ts';
import type { AccountEvent } from '../accounts/events.ts';
import { NUMBER } from '../letters/contract.ts';
import { askedFor, type PayerDeps, payForSeveral } from './pay-several.ts';

export type Deps = AccountDeps & PayerDeps;

const route = routesFor<Deps>();

const several = z.object({
  payment: z.string(),
  party: z.string(),
  accounts: z.array(accountOut).meta({ description: 'All accounts of the payer at the site, as they then stand' }),
});

/** What concerns all accounts of one payer. */
export const routes: Route<Deps>[] = [
  route({
    method: 'POST',
    path: '/sites/{site}/payments',
    summary:
      'Money came in from a payer, for a notice or for whatever they owe: over all their accounts, by their word, else by the law',
    who: CASHIERS,
    params: siteOnly,
    body: z
      .strictObject({
        party: idParam('party').optional().meta({ description: 'Who pays' }),
        letter: idParam('letter').optional().meta({ description: 'Or the letter that asked for it' }),
        number: z.string().regex(NUMBER).max(30).optional().meta({
          description: 'Or the number printed on that letter',
          example: 'FN-20261101-0A1B2C3D',
        }),
        fen,
        method: z.enum(METHODS),
        paidOn: dayIn.optional().meta({ description: 'Site-local; today when left out' }),
        designated: z
          .array(z.strictObject({ account: idParam('account'), bill: billNameIn.optional() }))
          .max(50)
          .default([])
          .meta({ description: 'What the payer says it is for, in order; without a bill all of that account' }),
        ...referenceIn,
      })
      .refine(({ party, letter, number }) => [party, letter, number].filter(Boolean).length === 1, {
        path: ['party'],
        message: rule('field.one-payer'),
      }),
    answer: several,
    async handle({ params: { site }, body, actor, now, idempotencyKey }, deps) {
      const { party: told, letter, number, ...paying } = body;
      const { party, asked } = await askedFor(deps, site, { party: told, letter, number });
      const made = newId('payment', now, deps.random);
      const paid = { ...paying, party, payment: made, asked };
      const { all, at, made: payment = made } = await payForSeveral(deps, { site, actor, now, idempotencyKey }, paid);
      return {
        payment,
        party,
        accounts: all.flatMap((current) => (current.state ? [accountView(current, actor, at)] : [])),
      };
    },
  }),
  route({
    method: 'POST',
    path: `/sites/{site}/payments/{payment}/reversals`,
    summary: 'A payment turned out not to have come; what it settled on all accounts of its payer is open again',
    who: BOOKKEEPERS,
    params: z.object({ site: siteParam, payment: idParam('payment') }),
    body: z.strictObject({
      account: idParam('account').meta({ description: 'One of the accounts that have a part of it' }),
      reason: words,
    }),
    answer: several,
    async handle(
      { params: { site, payment }, body: { account, reason }, actor, now, idempotencyKey },
      { accounts, policies, random },
    ) {
      const [context, of] = await Promise.all([
        contextAt(policies, site, now),
        partsOfPayment(accounts, site, { account, payment }),
      ]);
      const named = of.find(({ head }) => head.id === account)?.head.state;
      if (!named) throw notFound(payment);
      const text = personalText('reason', reason, now, random, keptFor('books', 'reason', now, context.policy));
      const { all, at } = await executeTogether<Account, AccountEvent>(accounts, {
        site,
        ids: of.map(({ head }) => head.id),
        now,
        by: actor.staff,
        idempotencyKey,
        personal: [text],
        decide: (heads) =>
          reverseSeveral(
            heads.map((head, i) => ({ state: head.state, actor, now, context, ledger: of[i]?.ledger as Ledger })),
            payment,
            refOf(text),
          ),
      });
      return { payment, party: named.party, accounts: all.map((current) => accountView(current, actor, at)) };
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/credit-moves`,
    summary: 'Prepaid money goes to another account of the same payer; what is open there is paid from it',
    who: BOOKKEEPERS,
    params: one,
    body: z.strictObject({ to: idParam('account'), fen, reason: words }),
    answer: z.object({ from: accountOut, to: accountOut }),
    // Whether their payer has another account isn't said of one.
    may: async ({ current }) => {
      const state = prepaid(current);
      return state instanceof Refusal ? state : undefined;
    },
    async handle({ params: { site, account }, body: { to, fen: amount, reason }, actor, now, idempotencyKey }, deps) {
      const { accounts, policies, directory, random } = deps;
      const payer = partyOf(account);
      const [context, ledger, ids] = await Promise.all([
        contextAt(policies, site, now),
        readLedger(accounts, site, account),
        payer === partyOf(to) ? [payer] : payerIds(directory, site, payer),
      ]);
      const text = personalText('reason', reason, now, random, keptFor('books', 'reason', now, context.policy));
      const on = { actor, now, context };
      const { all, at } = await executeTogether<Account, AccountEvent>(accounts, {
        site,
        ids: [...new Set([account, to])],
        now,
        by: actor.staff,
        idempotencyKey,
        personal: [text],
        decide: ([from, other = from]) =>
          from && other
            ? moveCredit({ ...on, ...from }, { ...on, ...other }, { fen: amount, words: refOf(text), ids }, ledger)
            : notFound(account),
      });
      const [from, other] = all;
      if (!from || !other) throw notFound(to);
      return { from: accountView(from, actor, at), to: accountView(other, actor, at) };
    },
  }),
];
