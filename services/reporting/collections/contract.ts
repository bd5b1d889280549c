/** What was owed and collected, and arrears, as sums that open into ledger lines. */

export { type Ageing, ageing, BUCKETS, forAges, together } from './arrears/ageing.ts';
export { type Funnel, forFunnel, funnel, type Took } from './arrears/funnel.ts';
export { readDue } from './arrears/reading.ts';
export { ageingShape, funnelShape } from './arrears/view.ts';
export { CORRECTED, CORRECTED_FIELDS, collectedCorrectionsOf, digestOf } from './collected.ts';
export { type PostingDeps, post } from './count.ts';
export { type AccountRow, type CellRow, cellText, postedOf } from './items.ts';
export { add } from './money.ts';
export { addTo, CELLS_BY, type CellSums, cellName, NOTHING, newestOf, type PostedAccount, stepsOf } from './post.ts';
export {
  type Cells,
  figuresOfEach,
  figuresOfSites,
  LEVEL,
  type NamedFigures,
  readCells,
  readSites,
  SIDE_BY_SIDE,
} from './reading.ts';
export { type CollectionFigures, type CollectionRate, collectionFiguresOf } from './report.ts';
export { collectedTable } from './sheets.ts';
export { collectionFigures } from './view.ts';
