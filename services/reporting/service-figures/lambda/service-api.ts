import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { http } from '../../../../shared/lambda/http.ts';
import { reportingIn } from '../../figures/contract-store.ts';
import { type Deps, serviceRoutes } from '../api.ts';
import { assessmentRoutes } from '../assessment-api.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const { doc, registry } = wired;
  return http<Deps>([...serviceRoutes, ...assessmentRoutes], {
    ...wired,
    reporting: reportingIn(wired.tables('reporting')),
    directory: { doc, registry },
  });
};
