import { wire } from '../../../../shared/aws/wiring.ts';
import { http } from '../../../../shared/lambda/http.ts';
import { personalReader } from '../../../../shared/people/personal.ts';
import { feesIn } from '../../tariffs/contract-store.ts';
import { type Deps, routes } from '../api.ts';
import { runsIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry } = wired;
export const handler = http<Deps>(routes, {
  ...wired,
  ...runsIn(tables),
  fees: feesIn(tables),
  personal: personalReader(tables),
  directory: { doc, registry },
});
