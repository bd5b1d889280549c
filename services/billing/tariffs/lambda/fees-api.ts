import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { http } from '../../../../shared/lambda/http.ts';
import { personalReader } from '../../../../shared/people/personal.ts';
import { feeNamesIn } from '../../fee-names.ts';
import { beingBilledIn, runsIn } from '../../runs/contract-store.ts';
import { type Deps, routes } from '../api.ts';
import { routes as meteringRoutes } from '../metering-api.ts';
import { feesIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('billing');
  const { doc, registry } = wired;
  return http<Deps>([...routes, ...meteringRoutes], {
    ...wired,
    named: wired.namedWith(feeNamesIn(tables, wired.clock)),
    fees: feesIn(tables),
    beingBilled: beingBilledIn(runsIn(tables)),
    personal: personalReader(tables),
    directory: { doc, registry },
  });
};
