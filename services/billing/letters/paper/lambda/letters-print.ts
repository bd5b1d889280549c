import type { Aws } from '../../../../../shared/aws/aws.ts';
import { wire } from '../../../../../shared/aws/wiring.ts';
import { http } from '../../../../../shared/lambda/http.ts';
import { personalReader } from '../../../../../shared/people/personal.ts';
import { feesIn } from '../../../tariffs/contract-store.ts';
import { namesFrom } from '../../read-store.ts';
import { lettersIn } from '../../store.ts';
import { routes } from '../print-api.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('billing');
  const { doc, registry, clock } = wired;
  return http(routes, {
    ...wired,
    letters: lettersIn(tables),
    personal: personalReader(tables),
    directory: { doc, registry },
    names: namesFrom(feesIn(tables), clock),
  });
};
