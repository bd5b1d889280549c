import { wire } from '../../../../shared/aws/wiring.ts';
import { serve } from '../../../../shared/http/serve.ts';
import { personalReader } from '../../../../shared/people/personal.ts';
import { beingBilledIn, runsIn } from '../../runs/contract-store.ts';
import { type Deps, routes } from '../api.ts';
import { routes as meteringRoutes } from '../metering-api.ts';
import { feesIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry } = wired;
export const handler = serve<Deps>([...routes, ...meteringRoutes], {
  ...wired,
  fees: feesIn(tables),
  beingBilled: beingBilledIn(runsIn(tables)),
  personal: personalReader(tables),
  directory: { doc, registry },
});
