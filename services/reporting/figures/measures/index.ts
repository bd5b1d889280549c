import { complaint, projectComplaint } from './complaint.ts';
import { contact, projectContact } from './contact.ts';
import { document } from './document.ts';
import { handled, projectHandled } from './handled.ts';
import { projectLetter } from './letter.ts';
import type { CaseFacts, Family, FamilyName, Seen } from './measure.ts';
import { payment, projectPayment } from './payment.ts';
import { projectPromise, promise } from './promise.ts';
import { projectRating, rating } from './rating.ts';
import { projectResolution, resolution } from './resolution.ts';
import { projectSlip } from './slip.ts';
import { projectStep, step } from './step.ts';

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

const PROJECTIONS = [
  projectContact,
  projectHandled,
  projectComplaint,
  projectResolution,
  projectRating,
  projectPromise,
  projectStep,
  projectPayment,
  projectLetter,
  projectSlip,
];

/**
 * What is projected of one event, about any number of cases of its site; nothing for one that no measure depends on.
 * @param zone the site's time zone: cohort days are the site's own
 */
export const project = (event: Seen, zone: string): CaseFacts[] =>
  PROJECTIONS.flatMap((learner) => learner(event, zone));
