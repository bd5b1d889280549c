import { wire } from '../../../../shared/aws/wiring.ts';
import { http } from '../../../../shared/lambda/http.ts';
import { personalReader } from '../../../../shared/people/personal.ts';
import { routes } from '../api.ts';
import { slipsIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry } = wired;
export const handler = http(routes, {
  ...wired,
  slips: slipsIn(tables),
  personal: personalReader(tables),
  directory: { doc, registry },
});
