import type { Aws } from '../../../shared/aws/aws.ts';
import { wire } from '../../../shared/aws/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { holders } from '../../../shared/people/access.ts';
import { onContactRouted } from '../on-contact-routed.ts';
import { complaintsIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  return bus(onContactRouted, {
    ...wired,
    complaints: complaintsIn(wired.tables('complaints')),
    roster: (site, position) => holders(wired, site, position, wired.clock()),
  });
};
