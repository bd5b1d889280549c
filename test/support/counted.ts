import { MEASURE_IDS } from '../../services/reporting/figures/measures/measure.ts';

/** What is counted by hand: the targets, the rungs and documents that Q5 and Q6 are made of, promised replies and promises to pay. */
export const COUNTED = MEASURE_IDS.filter((id) => /^(Q(\d|[56]-.*)|promised.*)$/.test(id));
