import { complaint, learnComplaint } from './complaint.ts';
import { contact, learnContact } from './contact.ts';
import { document } from './document.ts';
import { handled, learnHandled } from './handled.ts';
import { learnLetter } from './letter.ts';
import type { Family, FamilyName, Learned, Seen } from './measure.ts';
import { learnPayment, payment } from './payment.ts';
import { learnPromise, promise } from './promise.ts';
import { learnRating, rating } from './rating.ts';
import { learnResolution, resolution } from './resolution.ts';
import { learnSlip } from './slip.ts';
import { learnStep, step } from './step.ts';

export const families: Record<FamilyName, Family> = {
  contact,
  handled,
  complaint,
  resolution,
  rating,
  promise,
  step,
  payment,
  document,
};

const LEARNERS = [
  learnContact,
  learnHandled,
  learnComplaint,
  learnResolution,
  learnRating,
  learnPromise,
  learnStep,
  learnPayment,
  learnLetter,
  learnSlip,
];

/**
 * What one event teaches, about any number of cases of its site; nothing for one that no measure depends on.
 * @param zone the site's time zone: cohort days are the site's own
 */
export const learn = (event: Seen, zone: string): Learned[] => LEARNERS.flatMap((learner) => learner(event, zone));
