/** Measures, case rows, and the figures that are counted from them. */

export { casesOf } from './cases.ts';
export { compareRates, type MetRate, type RateChange } from './change.ts';
export { closingOf, closingOut } from './closing.ts';
export {
  type Compared,
  compared,
  type DayCounts,
  type Figure,
  type Figures,
  figureOf,
  figuresIn,
  report,
  summed,
} from './figures.ts';
export { type AsOf, asOfEvent, asOfOut, asOfView, newest } from './fresh.ts';
export { type ComplaintFacts, complaintDutyOf, departmentOf } from './measures/complaint.ts';
export { accepter, acceptor, type ContactFacts } from './measures/contact.ts';
export { sameFacts } from './measures/facts.ts';
export { courteous, type HandledFacts } from './measures/handled.ts';
export { billedOf, homesOf } from './measures/homes.ts';
export { project } from './measures/index.ts';
export {
  type CaseFacts,
  type CaseOutcome,
  FAMILIES,
  type FamilyName,
  type FigureId,
  familyOf,
  isShare,
  MEASURE_IDS,
  MEASURES,
  type MeasureId,
  PARTS,
  rootOf,
  type Seen,
  STATES,
} from './measures/measure.ts';
export type { PromiseFacts } from './measures/promise.ts';
export type { RatingFacts } from './measures/rating.ts';
export { callerOf, type ResolutionFacts } from './measures/resolution.ts';
export { percentOf } from './percent.ts';
export {
  applyFacts,
  asSeenBy,
  type CaseRow,
  caseOutcomesOf,
  everyOutcome,
  mergeFacts,
  type RowChange,
  rowId,
  rowName,
} from './row.ts';
export { CASES, caseFiles, decided, nameOf, TALLY, yesOrNo } from './sheets.ts';
export { everySite, sitesFor, sitesIn } from './sites.ts';
export { checked, DAYS, type Span, spanBefore } from './span.ts';
export { type CaseTally, type Counts, casesOn, countsOf, nonZero, sum, tally, tallyOf } from './tally.ts';
export { caseOut, casesOut, caseView, comparedOut, figureOut, figuresOf } from './view.ts';
