import { wire } from '../../../../shared/aws/wiring.ts';
import { http } from '../../../../shared/lambda/http.ts';
import { personalReader } from '../../../../shared/people/personal.ts';
import { routes } from '../print-api.ts';
import { reportsIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('reports');
export const handler = http(routes, {
  ...wired,
  reports: reportsIn(tables),
  personal: personalReader(tables),
  directory: { doc: wired.doc, registry: wired.registry },
});
