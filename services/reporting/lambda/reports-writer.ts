import { wire } from '../../../shared/wiring.ts';
import { collectionIn } from '../collection/store.ts';
import { improvementsIn } from '../improvements/store.ts';
import { monthsIn } from '../months/store.ts';
import { reportsIn } from '../reports/store.ts';
import { writer } from '../reports/writer.ts';
import { reportingIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('reports');
export const handler = writer({
  ...wired,
  reports: reportsIn(tables),
  improvements: improvementsIn(tables),
  reporting: reportingIn(wired.tables('reporting')),
  collection: collectionIn(wired.tables('reporting')),
  months: monthsIn(wired.tables('months')),
  alerts: wired.tables('alerts'),
  directory: { doc: wired.doc, registry: wired.registry },
});
