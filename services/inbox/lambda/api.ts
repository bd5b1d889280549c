import type { Aws } from '../../../shared/aws/aws.ts';
import { wire } from '../../../shared/aws/wiring.ts';
import { http } from '../../../shared/lambda/http.ts';
import { personalReader } from '../../../shared/people/personal.ts';
import { routes } from '../api.ts';
import { namesIn } from '../names.ts';
import { inboxIn } from '../store.ts';
import { waitsIn } from '../waits-store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('inbox');
  return http(routes, {
    ...wired,
    inbox: inboxIn(tables),
    waits: waitsIn(tables),
    names: namesIn({ ...wired, personal: personalReader(tables) }),
  });
};
