import fc from 'fast-check';
import { test } from 'vitest';
import { lawsOf, RUNS, type LawStep as Steps } from '../../../shared/journal/laws.ts';
import type { Actor } from '../../../shared/people/access.ts';
import { DAY } from '../../../shared/time/clock.ts';
import { CONTEXT } from '../accounts/testing.ts';
import { billingTable } from '../store.ts';
import type { InvoiceEvent } from './events.ts';
import { ask, flush, type Invoice, invoiceType, issueInvoice, paymentReversed } from './invoice.ts';

const PEOPLE: Actor[] = [{ staff: 'zhao', roles: ['supervisor'], departments: [] }];
const OF = { payment: 'pay_1', serial: '2026-000001', fen: 100 };
type Step = Steps<Invoice, InvoiceEvent>;

const STEPS: Step[] = [
  (on) => ask(on, OF),
  (on) => issueInvoice(on, OF, '24312000000012345678'),
  (on) => flush(on, OF, '24312000000087654321'),
  (on) => paymentReversed(on),
];

test('the laws hold whatever becomes of an invoice', async () => {
  const life = { type: invoiceType, table: billingTable, people: PEOPLE, context: CONTEXT, longest: 3 * DAY };
  const begin = fc.constantFrom(...STEPS.slice(0, 2));
  await fc.assert(lawsOf({ ...life, begin, steps: fc.constantFrom(...STEPS) }), RUNS);
});
