import type { Aws } from '../../../shared/aws/aws.ts';
import { wire } from '../../../shared/aws/wiring.ts';
import { http } from '../../../shared/lambda/http.ts';
import { personalReader } from '../../../shared/people/personal.ts';
import { routes } from '../api.ts';
import { erasuresIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('rights');
  return http(routes, {
    ...wired,
    erasures: erasuresIn(tables),
    personal: personalReader(tables),
    directory: wired,
  });
};
