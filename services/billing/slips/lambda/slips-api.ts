import { wire } from '../../../../shared/aws/wiring.ts';
import { serve } from '../../../../shared/http/serve.ts';
import { personalReader } from '../../../../shared/people/personal.ts';
import { routes } from '../api.ts';
import { slipsIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry } = wired;
export const handler = serve(routes, {
  ...wired,
  slips: slipsIn(tables),
  personal: personalReader(tables),
  directory: { doc, registry },
});
