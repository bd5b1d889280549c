import { type Day, localDay } from '../../../shared/clock.ts';
import { byKey, earliest } from './facts.ts';
import { family, type Learned, met, missed, rootOf, type Seen } from './measure.ts';

/** A contact somebody took; its day is the local day it was answered. */
interface HandledFacts {
  day?: Day;
  /** Complaints about attitude upheld against it. */
  upheld?: Record<string, true>;
}

export const handled = family<HandledFacts>({ day: earliest, upheld: byKey }, ({ upheld }) => ({
  Q1: upheld ? missed('attitude-upheld') : met,
}));

export const learnHandled = (event: Seen, zone: string): Learned[] => {
  const about = (id: string, facts: HandledFacts): Learned[] => [
    { family: 'handled', root: rootOf(id), facts: { ...facts } },
  ];
  if (event.name === 'contact.answered') return about(event.aggregate, { day: localDay(event.data.answeredAt, zone) });
  if (event.name !== 'complaint.upheld') return [];
  const { contact, kind } = event.data;
  return contact !== undefined && kind === 'attitude' ? about(contact, { upheld: { [event.aggregate]: true } }) : [];
};
