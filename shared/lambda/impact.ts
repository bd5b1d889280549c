/**
 * What it means for people when something fails, as few things as there are alarms for: a function has one. Its own sentence is more
 * exact, and stands in its description and its runbook.
 */
export const IMPACT = {
  asked: 'Somebody was told that something went wrong, or waits for nothing: what they wanted may not have happened.',
  owed: 'Something that is owed does not happen by itself: somebody is not reminded, told, called back or erased.',
  money: 'Money is not billed, written of, taken in or settled as it should be, or late.',
  figures: 'Figures, reports or the export stand still, and managers read what was so before.',
} as const;

export type Impact = keyof typeof IMPACT;

/** What the shells measure: failures by impact, and how long ago what comes from a stream or a queue was told (s). */
export const NAMESPACE = 'Huiyin';
export const FAILED = 'Failed';
export const BEHIND = 'Behind';
