import * as z from 'zod';
import { iso, localDay } from '../../../shared/clock.ts';
import type { Route } from '../../../shared/http/route.ts';
import { dayIn, pageAmong, pageOf, paging } from '../../../shared/http/schemas.ts';
import { billName, CASHIERS, command, type Deps, fen, made, one, PATH, referenceIn, route } from './api-parts.ts';
import * as money from './decide.ts';
import { keepReference, knownReference, sameReference } from './reference-store.ts';
import { readLedger } from './store.ts';
import { METHODS } from './terms.ts';
import { paymentOut } from './view.ts';

/** Payments of one account. */
export const paymentRoutes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: `${PATH}/payments`,
    summary: 'Every payment of an account, what it settled, and whether it was reversed',
    who: 'staff',
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
    'Money came in: allocated by the payer’s word, else by the law; what is left is prepaid',
    CASHIERS,
    z.strictObject({
      fen,
      method: z.enum(METHODS),
      paidOn: dayIn.optional().meta({ description: 'Site-local; today when left out' }),
      designated: z
        .array(billName)
        .max(50)
        .default([])
        .meta({ description: 'What the payer says it is for, in order' }),
      ...referenceIn,
    }),
    {
      check: async (body, site, deps, of) => ({
        payment: await made('payment')(body, site, deps, of),
        known: await knownReference(deps.accounts, site, body.method, body.reference),
        zone: (await deps.policies.site(site)).timeZone,
      }),
      texts: ({ reference }) => ({ reference }),
      decide: (on, { sameReference: again, ...body }, { reference }, { payment, known }) =>
        sameReference(known, again) ?? money.pay(on, { ...body, payment, reference }),
      besides: ({ reference, method, fen, sameReference: again, paidOn }, site, { accounts }, { payment, zone }, now) =>
        keepReference(accounts, {
          site,
          method,
          reference,
          again,
          payment,
          fen,
          paidOn: paidOn ?? localDay(now, zone),
        }),
    },
  ),
];
