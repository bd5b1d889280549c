import { HOUR } from '../../../shared/time/clock.ts';
import { journals, type Life, life, NINE } from '../testing/site.ts';

const reached = (resolved: number, tries: number, after: number, rating: number) => ({
  resolved,
  tries,
  call: { after, rating, ratedBy: 'agent' as const },
});

/** Five complaints of a May morning and the next, to be counted by hand. */
const COMPLAINTS: Life[] = [
  // Tried once, reached the same day, closed after 21 h; of two promises one kept.
  life(1, {
    unit: 'unt_1',
    department: 'engineering',
    agent: 'stf_ann',
    results: [reached(1, 1, 20, 5)],
    closed: 0,
    promises: [
      { due: 2, kept: 1 },
      { due: 3, kept: 4 },
    ],
  }),
  // The same of the same unit a day later; reached in the last hour, closed after 58 h.
  life(2, {
    at: NINE + 26 * HOUR,
    unit: 'unt_1',
    department: 'engineering',
    agent: 'stf_ben',
    results: [reached(1, 0, 47, 4)],
    closed: 10,
  }),
  // About Ben's attitude, upheld; claimed and tried three times, reached 12 h late, reopened; then nobody called.
  life(3, {
    kind: 'attitude',
    against: 1,
    unit: 'unt_1',
    department: 'security',
    agent: 'stf_ann',
    results: [reached(1, 3, 60, 1), { resolved: 2, tries: 0 }],
  }),
  life(4, { fate: 'not-valid', kind: 'slowness', unit: 'unt_2' }),
  // Nobody accepts it, and nobody says where it was; what was promised isn't kept.
  life(5, { accepted: undefined, promises: [{ due: 5 }] }),
];

export const byHand = () => COMPLAINTS.flatMap((one) => journals(one).flat());
