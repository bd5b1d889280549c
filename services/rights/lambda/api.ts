import { wire } from '../../../shared/aws/wiring.ts';
import { http } from '../../../shared/lambda/http.ts';
import { personalReader } from '../../../shared/people/personal.ts';
import { routes } from '../api.ts';
import { erasuresIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('rights');
export const handler = http(routes, {
  ...wired,
  erasures: erasuresIn(tables),
  personal: personalReader(tables),
  directory: wired,
});
