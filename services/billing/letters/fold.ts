import type { Recorded } from '../../../shared/domain/events.ts';
import { type Obligation, tookRung, without } from '../../../shared/domain/obligation.ts';
import type { LetterEvent } from './events.ts';
import type { Letter, LetterAccount } from './letter.ts';

export const linesOf = (accounts: readonly LetterAccount[]): number =>
  accounts.reduce(
    (sum, { bills = [], offsets = [], debts = [] }) => sum + bills.length + offsets.length + debts.length,
    0,
  );

/** An account stands once in a letter, with all its steps and bills. */
const joined = (known: Letter['accounts'], more: readonly LetterAccount[]): Letter['accounts'] => {
  const all = new Map(known.map((one) => [one.account, one]));
  for (const { account, unit, steps = [], bills = [] } of more) {
    const before = all.get(account);
    all.set(account, {
      account,
      unit,
      steps: [...(before?.steps ?? []), ...steps],
      bills: [...(before?.bills ?? []), ...bills.map(({ bill }) => bill)],
    });
  }
  return [...all.values()];
};

/** A duty is owed once: what opens takes its place. */
const opened = (owed: readonly Obligation[], opens: readonly Obligation[]): Obligation[] => [
  ...without(owed, ...opens.map(({ duty }) => duty)),
  ...opens,
];

/** The letter after one more event. */
export const fold = (before: Letter | undefined, event: Recorded<LetterEvent>): Letter => {
  if (event.name === 'letter.opened') {
    const { opens, accounts, channel, why: _, wake, ...facts } = event.data;
    return {
      ...facts,
      status: channel === 'paper' ? 'to-print' : 'queued',
      accounts: joined([], accounts),
      lines: linesOf(accounts),
      attempts: 0,
      ...(channel === 'paper' ? { onPaper: true } : {}),
      questions: 0,
      wake,
      owed: opens,
    };
  }
  if (!before) throw new Error(`${event.id} stands before the opening`);
  const state = { ...before, kind: 'kind' in event.data ? event.data.kind : before.kind };
  const { owed } = state;
  switch (event.name) {
    case 'letter.added': {
      const { mandatory, accounts } = event.data;
      const lines = state.lines + linesOf(accounts);
      return { ...state, mandatory, accounts: joined(state.accounts, accounts), lines };
    }
    case 'letter.requeued':
      return { ...state, wake: event.data.wake };
    case 'letter.claimed': {
      const { attempt, address, doubtful, contentHash, wake } = event.data;
      const sending = { status: 'sending', attempts: attempt, address, doubtful, contentHash, wake } as const;
      return { ...state, ...sending, mailed: event.version, acceptedAt: undefined };
    }
    case 'letter.released':
      return { ...state, status: 'queued', wake: event.data.wake };
    case 'letter.resend-decided':
      return { ...state, status: 'queued', wake: event.data.wake, owed: without(owed, 'settle') };
    case 'letter.sent': {
      const { messageId, acceptedAt, opens } = event.data;
      const arrival = opened(without(owed, 'deliver', 'settle'), opens);
      return { ...state, status: 'sent', messageId, acceptedAt, wake: undefined, owed: arrival };
    }
    case 'letter.delivered':
      return { ...state, status: 'delivered', bounced: false, onPaper: false, wake: undefined, owed: [] };
    case 'letter.bounced':
      return { ...state, bounced: true, hardBounced: event.data.hard };
    case 'letter.complained':
      return { ...state, complained: true };
    case 'letter.moved-to-paper': {
      const { due, opens } = event.data;
      const left = opened(without(owed, 'deliver', 'settle', 'arrive'), opens);
      return { ...state, status: 'to-print', onPaper: true, due, wake: undefined, owed: left };
    }
    case 'letter.unknown':
      return { ...state, status: 'unknown', wake: undefined, owed: opened(owed, event.data.opens) };
    case 'letter.withdrawn': {
      const gone = { parted: event.data.parted, linksEnded: event.version };
      return { ...state, ...gone, status: 'withdrawn', wake: undefined, owed: [] };
    }
    case 'letter.links-ended':
      return { ...state, linksEnded: event.version };
    case 'letter.printed':
      return { ...state, status: 'printed', contentHash: event.data.contentHash };
    case 'letter.handed-over': {
      const { receivedBy, opens } = event.data;
      return { ...state, status: 'handed-over', receivedBy, owed: opened(without(owed, 'deliver', 'arrive'), opens) };
    }
    case 'letter.attempted':
      return { ...state, status: 'attempted', owed: opened(without(owed, 'deliver'), event.data.opens) };
    case 'letter.given-up':
      return { ...state, status: 'given-up', owed: [] };
    case 'letter.questioned':
      return { ...state, questions: event.data.ordinal };
    default:
      return { ...state, owed: tookRung(owed, event.data) };
  }
};
