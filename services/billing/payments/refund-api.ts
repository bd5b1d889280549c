import * as z from 'zod';
import type { Route } from '../../../shared/http/route.ts';
import { idParam, words } from '../../../shared/http/schemas.ts';
import { DECIDERS } from '../../../shared/people/positions.ts';
import {
  type Deps as AccountDeps,
  askerSince,
  BOOKKEEPERS,
  commandsOf,
  decideRefund,
  fen,
  giveBack,
  givenFrom,
  METHODS,
  made,
  prepaidFrom,
} from '../accounts/contract.ts';
import { readLedger } from '../accounts/contract-store.ts';
import { invoiceId } from '../receipts/contract.ts';
import type { Invoices } from '../receipts/contract-store.ts';

export interface Deps extends AccountDeps {
  invoices: Invoices;
}
const command = commandsOf<Deps>();

/** The ledger, and which payments of its prepaid money an invoice stands for. */
const readForRefund = async ({ accounts, invoices }: Deps, site: string, id: string) => {
  const known = await readLedger(accounts, site, id);
  const payments = prepaidFrom(known).map(({ payment }) => payment);
  const heads = await invoices.heads(site, payments.map(invoiceId));
  const ofPayment = new Map(payments.map((payment, i) => [payment, heads[i] as (typeof heads)[number]]));
  const invoiced = payments.filter((payment) => ofPayment.get(payment)?.state?.status === 'issued');
  return { ledger: known, invoiced: new Set(invoiced), ofPayment };
};
type RefundRead = Awaited<ReturnType<typeof readForRefund>>;

/** An invoice that is issued at the same moment stands for what this takes. */
const unmoved = ({ invoices }: Deps, { ofPayment, ...known }: RefundRead, amount: number) =>
  givenFrom(known, amount).flatMap(({ payment }) => {
    const invoice = ofPayment.get(payment);
    return invoice ? [invoices.unmoved(invoice)] : [];
  });

/** Prepaid money that is given back. */
export const refundRoutes: Route<Deps>[] = [
  command(
    'refunds',
    'Prepaid money is given back; what an invoice (发票) stands for only after its red flush (红冲). Above the policy’s sum it ' +
      'waits for a second person',
    BOOKKEEPERS,
    z.strictObject({ fen, method: z.enum(METHODS), reason: words }),
    {
      may: giveBack.may,
      lookUp: async (body, site, deps, of) => ({
        refund: await made('payment')(body, site, deps, of),
        known: await readForRefund(deps, site, of.id),
      }),
      texts: ({ reason }) => ({ reason }),
      decide: (on, body, { reason }, { refund, known }) =>
        giveBack(on, { fen: body.fen, method: body.method, refund, words: reason }, known),
      extraItems: (body, _, deps, { known }) => unmoved(deps, known, body.fen),
    },
  ),
  command(
    'refunds/decide',
    'A second person decides on a refund',
    DECIDERS,
    z.strictObject({ refund: idParam('payment'), agree: z.boolean(), words }),
    {
      may: decideRefund.may,
      lookUp: async ({ refund }, site, deps, { id, state }) => {
        const asked = state.asked[refund];
        return {
          known: await readForRefund(deps, site, id),
          since: await askerSince(refund, deps, state),
          fen: asked?.duty === 'refund' ? asked.fen : 0,
        };
      },
      texts: ({ words: why }) => ({ why }),
      decide: (on, { refund, agree }, { why }, { known, since }) =>
        decideRefund(on, { refund, agree, words: why, since }, known),
      extraItems: ({ agree }, _, deps, { known, fen: amount }) => (agree ? unmoved(deps, known, amount) : []),
    },
  ),
];
