import { serve } from '../../../shared/http/serve.ts';
import { personalReader } from '../../../shared/personal.ts';
import { wire } from '../../../shared/wiring.ts';
import { feesIn } from '../fees/store.ts';
import { type Deps, routes } from '../runs/api.ts';
import { runsIn } from '../runs/store.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry } = wired;
export const handler = serve<Deps>(routes, {
  ...wired,
  ...runsIn(tables),
  fees: feesIn(tables),
  personal: personalReader(tables),
  directory: { doc, registry },
});
