import { serve } from '../../../shared/http/serve.ts';
import { personalReader } from '../../../shared/personal.ts';
import { wire } from '../../../shared/wiring.ts';
import { routes } from '../reports/print-api.ts';
import { reportsIn } from '../reports/store.ts';

const wired = wire();
const tables = wired.tables('reports');
export const handler = serve(routes, {
  ...wired,
  reports: reportsIn(tables),
  personal: personalReader(tables),
  directory: { doc: wired.doc, registry: wired.registry },
});
