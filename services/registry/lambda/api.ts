import type { Aws } from '../../../shared/aws/aws.ts';
import { wire } from '../../../shared/aws/wiring.ts';
import { http } from '../../../shared/lambda/http.ts';
import { personalReader } from '../../../shared/people/personal.ts';
import { bookRoutes } from '../routes/index.ts';
import { registryIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('registry');
  return http(bookRoutes, {
    ...wired,
    registry: registryIn(tables),
    personal: personalReader(tables),
    directory: wired,
  });
};
