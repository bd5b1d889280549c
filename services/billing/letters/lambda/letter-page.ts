import { wire } from '../../../../shared/aws/wiring.ts';
import { http } from '../../../../shared/lambda/http.ts';
import { personalReader } from '../../../../shared/people/personal.ts';
import { feesIn } from '../../tariffs/contract-store.ts';
import { routes } from '../page-api.ts';
import { namesFrom } from '../read-store.ts';
import { lettersIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry, clock } = wired;
export const handler = http(routes, {
  ...wired,
  letters: lettersIn(tables),
  personal: personalReader(tables),
  directory: { doc, registry },
  names: namesFrom(feesIn(tables), clock),
});
