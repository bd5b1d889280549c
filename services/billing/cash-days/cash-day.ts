import type { PersonalRef, Recorded } from '../../../shared/domain/events.ts';
import { PREFIX } from '../../../shared/domain/ids.ts';
import type { Transitions } from '../../../shared/domain/machine.ts';
import { type Obligation, tookRung, without } from '../../../shared/domain/obligation.ts';
import type { AggregateType } from '../../../shared/journal/aggregate.ts';
import type { Day, Instant } from '../../../shared/time/clock.ts';
import type { PaymentMethod } from '../accounts/contract.ts';
import { type CashDayEvent, cashDayEvents } from './events.ts';
import type { ChannelFigures } from './figures.ts';

export const STATUSES = ['open', 'closed', 'final', 'reopened'] as const;
export type Status = (typeof STATUSES)[number];
export const TRANSITIONS: Transitions<Status, 'close' | 'close-anew' | 'countersign' | 'reopen' | 'decide-reopen'> = {
  close: { from: ['open', 'reopened'], to: ['closed'] },
  'close-anew': { from: ['closed', 'final'], to: ['closed'] },
  countersign: { from: ['closed'], to: ['final'] },
  reopen: { from: ['closed', 'final'], to: ['reopened'] },
  'decide-reopen': { from: ['closed', 'final'], to: ['reopened'] },
};

/** Whether what was signed last stands. */
export const isSigned = ({ status }: { status: Status }): boolean => status === 'closed' || status === 'final';

/** What was signed, and by whom. */
export interface Signed {
  seal: string;
  methods: ChannelFigures[];
  countedFen: number;
  explanations: { method: PaymentMethod; words: PersonalRef }[];
  by: string;
  at: Instant;
  second?: { by: string; at: Instant };
}

/** A cash day (日结) of a site: closed by channel against the statements, by two people. */
export interface CashDay {
  status: Status;
  day: Day;
  policy: number;
  /** The last signature; kept while the day is open again. */
  signed?: Signed;
  /** Something is different since it was signed. */
  changed?: boolean;
  /** Who asks that it be opened again. */
  asked?: { by: string; at: Instant };
  owed: Obligation[];
}

export const cashDayId = (day: Day): string => `${PREFIX['cash-day']}_${day.replaceAll('-', '')}`;
/** The day of an id. */
export const dayOf = (id: string): Day => id.slice(-8).replace(/^(\d{4})(\d{2})/, '$1-$2-');

const fold = (state: CashDay | undefined, event: Recorded<CashDayEvent>): CashDay => {
  const { at, by } = event;
  if (event.name === 'cashday.opened') {
    const { opens, ...data } = event.data;
    return { ...data, status: 'open', owed: opens };
  }
  if (event.name === 'cashday.closed') {
    const { day, policy, opens, explained, explanations: texts, ...figures } = event.data;
    const explanations = explained.flatMap((method, i) => {
      const words = texts[i];
      return words ? [{ method, words }] : [];
    });
    return { day, policy, status: 'closed', signed: { ...figures, explanations, by, at }, owed: opens };
  }
  if (!state) throw new Error(`${event.id} stands before the day was opened`);
  const { signed, changed: _, asked: __, ...rest } = state;
  switch (event.name) {
    case 'cashday.countersigned':
      return {
        ...rest,
        ...(state.asked ? { asked: state.asked } : {}),
        status: 'final',
        signed: { ...(signed as Signed), second: { by, at } },
        owed: state.owed.filter(({ duty }) => duty === 'reopen'),
      };
    case 'cashday.changed':
      return { ...state, changed: true, owed: [...without(state.owed, 'close'), ...event.data.opens] };
    case 'cashday.reopened':
      return { ...rest, ...(signed ? { signed } : {}), status: 'reopened', owed: event.data.opens };
    case 'cashday.reopen-asked':
      return { ...state, asked: { by, at }, owed: [...without(state.owed, 'reopen'), ...event.data.opens] };
    case 'cashday.reopen-refused': {
      const { asked: ___, ...refused } = state;
      return { ...refused, owed: without(state.owed, 'reopen') };
    }
    default:
      return { ...state, owed: tookRung(state.owed, event.data) };
  }
};

export const cashDayType: AggregateType<CashDay, CashDayEvent> = {
  type: 'cashday',
  keeps: 'books',
  ids: 'cash-day',
  events: cashDayEvents,
  most: {},
  fold,
  finished: ({ owed }) => owed.length === 0,
};
