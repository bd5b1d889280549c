import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { EventEntry } from '../gateway/services.ts';
import { openKept } from '../kept.ts';
import { MAIL_EVENTS, type MailEvent } from '../model.ts';
import { startMailbox } from './mailbox.ts';

/** The form that the SDK sends for a mail. */
export const mailForm = (from: string, to: string[], more: Record<string, string> = {}) =>
  new URLSearchParams([
    ['Action', 'SendEmail'],
    ['Source', from],
    ...to.map((address, index): [string, string] => [`Destination.ToAddresses.member.${index + 1}`, address]),
    ['Message.Subject.Data', '回音'],
    ['Message.Body.Text.Data', 'text'],
    ...Object.entries(more),
  ]);

const sets: Record<string, MailEvent[][]> = {
  letters: [[...MAIL_EVENTS]],
  failures: [['bounce'], ['bounce', 'reject']],
  silent: [],
};
/** A mailbox for `huiyin.example` with three configuration sets; by default nobody listens and nothing is kept. */
export const openMailbox = (
  clock: Clock,
  publish: (entry: EventEntry) => void = () => undefined,
  kept = openKept(undefined),
) =>
  startMailbox({
    port: 0,
    deployment: {
      account: '000000000000',
      region: 'us-east-1',
      senders: ['huiyin.example'],
      configurationSets: Object.entries(sets).map(([name, destinations]) => ({ name, destinations })),
    },
    clock,
    kept,
    id: randomUUID,
    publish,
  });
