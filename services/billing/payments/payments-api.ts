import * as z from 'zod';
import type { Route } from '../../../shared/http/route.ts';
import { dayIn, idParam, pageAmong, pageOf, paging, words } from '../../../shared/http/schemas.ts';
import { DECIDERS, KNOWS_ACCOUNTS } from '../../../shared/people/positions.ts';
import { iso, localDay } from '../../../shared/time/clock.ts';
import {
  type Account,
  askerSince,
  billNameIn,
  CASHIERS,
  command,
  type Deps,
  decidePayment,
  fen,
  METHODS,
  made,
  one,
  PATH,
  paymentOut,
  referenceIn,
  route,
  take,
} from '../accounts/contract.ts';
import { readLedger } from '../accounts/contract-store.ts';
import { forgetReference, keepReference, knownReferences, sameReference } from './reference-store.ts';

/** The bank's reference of a payment that is refused is nobody's again. */
const freedReference = async ({ accounts, personal }: Deps, site: string, { asked }: Account, payment: string) => {
  const found = asked[payment];
  if (found?.duty !== 'payment' || !found.reference) return [];
  const text = (await personal.read(site, [found.reference])).get(found.reference.ref);
  return forgetReference(accounts, await knownReferences(accounts, site, found.method, text), payment);
};

/** Payments of one account. */
export const paymentRoutes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: `${PATH}/payments`,
    summary: 'Every payment of an account, what it settled, and whether it was reversed',
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: one,
    query: z.strictObject(paging),
    answer: pageOf(paymentOut),
    async handle({ params: { site, account }, query }, { accounts }) {
      const { payments } = await readLedger(accounts, site, account);
      const all = [...payments.values()].map((payment) => ({ ...payment, at: iso(payment.at) }));
      return pageAmong(all, ({ payment }) => payment, query);
    },
  }),
  command(
    'payments',
    'Money came in: allocated by the payer’s word, else by the law; what is left is prepaid. Entered so late that its day takes ' +
      'more late charge away than the policy lets one person, it waits for a second',
    CASHIERS,
    z.strictObject({
      fen,
      method: z.enum(METHODS),
      paidOn: dayIn.optional().meta({ description: 'Site-local; today when left out' }),
      designated: z
        .array(billNameIn)
        .max(50)
        .default([])
        .meta({ description: 'What the payer says it is for, in order' }),
      ...referenceIn,
    }),
    {
      may: take.may,
      lookUp: async (body, site, deps, of) => ({
        payment: await made('payment')(body, site, deps, of),
        party: of.state.party,
        known: await knownReferences(deps.accounts, site, body.method, body.reference),
        zone: (await deps.policies.site(site)).timeZone,
      }),
      texts: ({ reference }) => ({ reference }),
      decide: (on, { sameReference: again, ...body }, { reference }, { payment, known }) =>
        sameReference(known, again) ?? take(on, { ...body, payment, reference }),
      extraItems: (
        { reference, method, fen, paidOn },
        site,
        { accounts },
        { payment, party, zone, known: before },
        now,
      ) =>
        keepReference(accounts, {
          site,
          method,
          reference,
          before,
          payment,
          party,
          fen,
          paidOn: paidOn ?? localDay(now, zone),
        }),
    },
  ),
  command(
    'payments/decide',
    'A second person decides on a payment whose day takes much of late charges away; refused, it is not entered',
    DECIDERS,
    z.strictObject({ payment: idParam('payment'), agree: z.boolean(), words }),
    {
      may: decidePayment.may,
      lookUp: async ({ payment, agree }, site, deps, { state }) => ({
        freed: agree ? [] : await freedReference(deps, site, state, payment),
        since: await askerSince(payment, deps, state),
      }),
      texts: ({ words: why }) => ({ why }),
      decide: (on, { payment, agree }, { why }, { since }) => decidePayment(on, { payment, agree, words: why, since }),
      extraItems: (_, __, ___, { freed }) => freed,
    },
  ),
];
