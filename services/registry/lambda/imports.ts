import { wire } from '../../../shared/aws/wiring.ts';
import { http } from '../../../shared/lambda/http.ts';
import { personalReader } from '../../../shared/people/personal.ts';
import { importRoutes } from '../imports/routes.ts';
import { registryIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('registry');
export const handler = http(importRoutes, {
  ...wired,
  registry: registryIn(tables),
  personal: personalReader(tables),
  directory: wired,
});
