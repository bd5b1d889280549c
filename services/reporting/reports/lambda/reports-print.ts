import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { http } from '../../../../shared/lambda/http.ts';
import { personalReader } from '../../../../shared/people/personal.ts';
import { routes } from '../print-api.ts';
import { reportsIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('reports');
  return http(routes, {
    ...wired,
    reports: reportsIn(tables),
    personal: personalReader(tables),
    directory: { doc: wired.doc, registry: wired.registry },
  });
};
