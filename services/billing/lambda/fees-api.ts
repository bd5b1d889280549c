import { serve } from '../../../shared/http/serve.ts';
import { personalReader } from '../../../shared/personal.ts';
import { wire } from '../../../shared/wiring.ts';
import { type Deps, routes } from '../fees/api.ts';
import { routes as meteringRoutes } from '../fees/metering-api.ts';
import { feesIn } from '../fees/store.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry } = wired;
export const handler = serve<Deps>([...routes, ...meteringRoutes], {
  ...wired,
  fees: feesIn(tables),
  personal: personalReader(tables),
  directory: { doc, registry },
});
