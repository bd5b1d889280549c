import type { PersonalRef, Recorded } from '../../../shared/domain/events.ts';
import type { Transitions } from '../../../shared/domain/machine.ts';
import { NUMBERED } from '../../../shared/domain/number.ts';
import { type Obligation, tookRung, without } from '../../../shared/domain/obligation.ts';
import type { AggregateType } from '../../../shared/journal/aggregate.ts';
import type { Day, Instant } from '../../../shared/time/clock.ts';
import { type SlipEvent, slipEvents } from './events.ts';

export const STATUSES = ['opened', 'priced', 'done', 'entered', 'signed', 'charged', 'cancelled'] as const;
export type Status = (typeof STATUSES)[number];
export type SlipCommand = 'price' | 'reprice' | 'done' | 'amount' | 'correct' | 'sign' | 'charge' | 'cancel';

export const TRANSITIONS: Transitions<Status, SlipCommand> = {
  price: { from: ['opened'], to: ['priced'] },
  reprice: { from: ['priced', 'done', 'entered'], to: ['priced', 'done', 'entered'] },
  done: { from: ['priced'], to: ['done'] },
  amount: { from: ['done'], to: ['entered'] },
  correct: { from: ['entered'], to: ['entered'] },
  sign: { from: ['entered'], to: ['signed'] },
  charge: { from: ['signed'], to: ['charged'] },
  cancel: { from: ['opened', 'priced'], to: ['cancelled'] },
};

/** A paid-service slip (有偿服务单): from an owner's wish to a bill on their account. */
export interface Slip {
  status: Status;
  unit: string;
  party: string;
  building: string;
  service: string;
  department: string;
  number?: string | undefined;
  appointedAt: Instant;
  appointedDay: Day;
  words?: PersonalRef | undefined;
  policy: number;
  /** What the owner agreed to last (fen). */
  priceFen?: number;
  doneAt?: Instant;
  /** By when its amount has to be entered. */
  amountDue?: Instant;
  enteredAt?: Instant;
  fen?: number;
  account?: string;
  bill?: string;
  owed: Obligation[];
}

const fold = (state: Slip | undefined, event: Recorded<SlipEvent>): Slip => {
  if (event.name === 'slip.opened') {
    const { opens, ...data } = event.data;
    return { ...data, status: 'opened', owed: opens };
  }
  if (!state) throw new Error(`${event.id} stands before the opening`);
  const { owed } = state;
  switch (event.name) {
    case 'slip.price-confirmed':
      return {
        ...state,
        status: state.status === 'opened' ? 'priced' : state.status,
        priceFen: event.data.fen,
        owed: without(owed, 'price'),
      };
    case 'slip.done': {
      const { doneAt, amountDue, opens } = event.data;
      return { ...state, status: 'done', doneAt, amountDue, owed: [...without(owed, 'work'), ...opens] };
    }
    case 'slip.amount-entered': {
      const { enteredAt, fen, opens } = event.data;
      return { ...state, status: 'entered', enteredAt, fen, owed: [...without(owed, 'amount'), ...opens] };
    }
    case 'slip.amount-corrected':
      return { ...state, fen: event.data.fen };
    case 'slip.signed':
      return { ...state, status: 'signed', owed: [...without(owed, 'sign'), ...event.data.opens] };
    case 'slip.charged':
      return { ...state, status: 'charged', account: event.data.account, bill: event.data.bill, owed: [] };
    case 'slip.cancelled':
      return { ...state, status: 'cancelled', owed: [] };
    default:
      return { ...state, owed: tookRung(owed, event.data) };
  }
};

export const slipType: AggregateType<Slip, SlipEvent> = {
  type: 'slip',
  keeps: 'books',
  ids: 'slip',
  numbered: NUMBERED.slip,
  unitOf: ({ unit }) => unit,
  events: slipEvents,
  most: {},
  fold,
  finished: ({ status }) => status === 'charged' || status === 'cancelled',
};
