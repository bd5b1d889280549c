import { isSystem } from '../../../../shared/domain/events.ts';
import { type Day, localDay } from '../../../../shared/time/clock.ts';
import { byKey, earliest, told } from './facts.ts';
import { type CaseFacts, family, met, missed, rootOf, type Seen } from './measure.ts';

/** A contact somebody took; its day is the local day it was answered. */
export interface HandledFacts {
  day?: Day;
  takenBy?: string;
  /** Complaints about attitude upheld against it. */
  upheld?: Record<string, true>;
  /**
   * Upheld ones that were made in it and are attributed to no contact, because nobody knows whose conduct it was, or they took
   * none that day: with the accused, or nothing.
   */
  heard?: Record<string, string>;
}

export const handled = family<HandledFacts>(
  { day: earliest, takenBy: earliest, upheld: byKey, heard: byKey },
  ({ upheld, heard }) => ({ Q1: upheld || heard ? missed('attitude-upheld') : met }),
);

/** Who is assessed by it: whoever took it, unless what it is missed for was somebody else's conduct. */
export const courteous = ({ takenBy, upheld, heard }: HandledFacts): string | undefined =>
  upheld || !heard ? takenBy : Object.values(heard).sort().at(-1) || undefined;

export const projectHandled = (event: Seen, zone: string): CaseFacts[] => {
  const about = (id: string, facts: HandledFacts): CaseFacts[] => [
    { family: 'handled', root: rootOf(id), facts: { ...told(facts) } },
  ];
  if (event.name === 'contact.answered') {
    const { answeredAt, takenBy } = event.data;
    // What the system hands on by itself was nobody's courtesy.
    if (isSystem(takenBy)) return [];
    return about(event.aggregate, { day: localDay(answeredAt, zone), takenBy });
  }
  if (event.name !== 'complaint.upheld') return [];
  const { contact, through, kind, staff = '' } = event.data;
  if (kind !== 'attitude') return [];
  return contact === undefined
    ? about(through, { heard: { [event.aggregate]: staff } })
    : about(contact, { upheld: { [event.aggregate]: true } });
};
