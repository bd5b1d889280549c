import { wire } from '../../../../shared/aws/wiring.ts';
import { serve } from '../../../../shared/http/serve.ts';
import { personalReader } from '../../../../shared/people/personal.ts';
import { routes } from '../print-api.ts';
import { reportsIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('reports');
export const handler = serve(routes, {
  ...wired,
  reports: reportsIn(tables),
  personal: personalReader(tables),
  directory: { doc: wired.doc, registry: wired.registry },
});
