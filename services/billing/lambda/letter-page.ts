import { serve } from '../../../shared/http/serve.ts';
import { personalReader } from '../../../shared/personal.ts';
import { wire } from '../../../shared/wiring.ts';
import { feesIn } from '../fees/store.ts';
import { routes } from '../letters/page-api.ts';
import { namesFrom } from '../letters/read-store.ts';
import { lettersIn } from '../letters/store.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry, clock } = wired;
export const handler = serve(routes, {
  ...wired,
  letters: lettersIn(tables),
  personal: personalReader(tables),
  directory: { doc, registry },
  names: namesFrom(feesIn(tables), clock),
});
