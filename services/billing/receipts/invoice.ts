import type { NewEvent, Recorded } from '../../../shared/domain/events.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import { guard, type Transitions } from '../../../shared/domain/machine.ts';
import { type Obligation, open, tookRung, without } from '../../../shared/domain/obligation.ts';
import { type Refusal, refuse } from '../../../shared/domain/refusal.ts';
import type { AggregateType } from '../../../shared/journal/aggregate.ts';
import type { Situation as On } from '../../../shared/journal/command.ts';
import { endOfDay, HOUR } from '../../../shared/time/clock.ts';
import { type InvoiceEvent, invoiceEvents } from './events.ts';

export const INVOICE_STATUSES = ['none', 'asked', 'issued', 'red-flushed', 'dropped'] as const;
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number];
export type InvoiceCommand = 'ask' | 'issue' | 'flush' | 'drop';

export const TRANSITIONS: Transitions<InvoiceStatus, InvoiceCommand> = {
  ask: { from: ['none', 'red-flushed'], to: ['asked'] },
  issue: { from: ['none', 'asked', 'red-flushed'], to: ['issued'] },
  flush: { from: ['issued'], to: ['red-flushed'] },
  drop: { from: ['asked'], to: ['dropped'] },
};

/** The invoice (发票) of a payment: what is asked for, issued at the tax platform, or flushed in red. */
export interface Invoice {
  status: InvoiceStatus;
  payment: string;
  serial: string;
  fen: number;
  /** Of the invoice, then of the red one. */
  number?: string;
  redNumber?: string;
  policy: number;
  owed: Obligation[];
}

export const invoiceId = (payment: string): string => derivedId('invoice', payment);

const fold = (state: Invoice | undefined, event: Recorded<InvoiceEvent>): Invoice => {
  switch (event.name) {
    case 'invoice.asked': {
      const { opens, ...data } = event.data;
      return { ...data, status: 'asked', owed: opens };
    }
    case 'invoice.issued':
      return { ...event.data, status: 'issued', owed: [] };
  }
  if (!state) throw new Error(`${event.id} stands before anything was asked`);
  const { owed } = state;
  switch (event.name) {
    case 'invoice.flush-owed':
      return { ...state, owed: [...without(owed, 'flush'), ...event.data.opens] };
    case 'invoice.red-flushed':
      return { ...state, status: 'red-flushed', redNumber: event.data.number, owed: [] };
    case 'invoice.dropped':
      return { ...state, status: 'dropped', owed: [] };
    default:
      return { ...state, owed: tookRung(owed, event.data) };
  }
};

export const invoiceType: AggregateType<Invoice, InvoiceEvent> = {
  type: 'invoice',
  keeps: 'books',
  ids: 'invoice',
  events: invoiceEvents,
  most: {},
  fold,
  finished: ({ owed }) => owed.length === 0,
};

export type Situation = Omit<On<Invoice>, 'actor'>;
export type NewEvents = NewEvent<InvoiceEvent>[] | Refusal;

/** The receipt that an invoice stands for. */
export interface Of {
  payment: string;
  serial: string;
  /** What of the payment wasn't given back. */
  fen: number;
  reversedOn?: string | undefined;
}

const owe = ({ now, context }: Situation, duty: 'issue' | 'flush') =>
  open({
    duty,
    position: { role: 'supervisor' },
    since: now,
    due: endOfDay(now, context.zone, context.policy.invoiceDays),
    ladder: [
      [0, 'centre-manager'],
      [context.policy.escalateManagerHours * HOUR, 'site-director'],
    ],
  });

const refusedBy = ({ state }: Situation, command: InvoiceCommand): Refusal | undefined =>
  guard(TRANSITIONS, command, state?.status ?? 'none', 'invoice.not-now');

/** Of a payment that did not come, or was given back, there is nothing to invoice. */
const voided = ({ reversedOn, serial, fen }: Of): Refusal | undefined => {
  if (reversedOn !== undefined) return refuse('receipt.void', { serial });
  return fen > 0 ? undefined : refuse('receipt.refunded', { serial });
};

export const ask = (on: Situation, of: Of): NewEvents => {
  const { payment, serial, fen } = of;
  const data = { payment, serial, fen, policy: on.context.version, opens: [owe(on, 'issue')] };
  return refusedBy(on, 'ask') ?? voided(of) ?? [{ name: 'invoice.asked', data }];
};

export const issueInvoice = (on: Situation, of: Of, number: string): NewEvents => {
  const { payment, serial, fen } = of;
  const data = { payment, serial, fen, policy: on.context.version, number };
  return refusedBy(on, 'issue') ?? voided(of) ?? [{ name: 'invoice.issued', data }];
};

export const flush = (on: Situation, { payment }: Of, number: string): NewEvents =>
  refusedBy(on, 'flush') ?? [{ name: 'invoice.red-flushed', data: { payment, number } }];

/** The payment was reversed: an invoice that was issued has to be flushed, one that was asked for isn't owed any more. */
export const paymentReversed = (on: Situation): NewEvent<InvoiceEvent>[] => {
  const { state } = on;
  if (state?.status === 'asked') return [{ name: 'invoice.dropped', data: { payment: state.payment } }];
  if (state?.status !== 'issued' || state.owed.length > 0) return [];
  return [{ name: 'invoice.flush-owed', data: { payment: state.payment, opens: [owe(on, 'flush')] } }];
};
