import { type Day, localDay } from '../../../shared/clock.ts';
import { byKey, earliest, told } from './facts.ts';
import { family, type Learned, met, missed, rootOf, type Seen } from './measure.ts';

/** A contact somebody took; its day is the local day it was answered. */
export interface HandledFacts {
  day?: Day;
  takenBy?: string;
  /** Complaints about attitude upheld against it. */
  upheld?: Record<string, true>;
}

export const handled = family<HandledFacts>({ day: earliest, takenBy: earliest, upheld: byKey }, ({ upheld }) => ({
  Q1: upheld ? missed('attitude-upheld') : met,
}));

export const learnHandled = (event: Seen, zone: string): Learned[] => {
  const about = (id: string, facts: HandledFacts): Learned[] => [
    { family: 'handled', root: rootOf(id), facts: { ...told(facts) } },
  ];
  if (event.name === 'contact.answered') {
    const { answeredAt, takenBy } = event.data;
    return about(event.aggregate, { day: localDay(answeredAt, zone), takenBy });
  }
  if (event.name !== 'complaint.upheld') return [];
  const { contact, kind } = event.data;
  return contact !== undefined && kind === 'attitude' ? about(contact, { upheld: { [event.aggregate]: true } }) : [];
};
