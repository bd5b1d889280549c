import { serve } from '../../../shared/http/serve.ts';
import { personalReader } from '../../../shared/personal.ts';
import { wire } from '../../../shared/wiring.ts';
import { routes } from '../slips/api.ts';
import { slipsIn } from '../slips/store.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry } = wired;
export const handler = serve(routes, {
  ...wired,
  slips: slipsIn(tables),
  personal: personalReader(tables),
  directory: { doc, registry },
});
