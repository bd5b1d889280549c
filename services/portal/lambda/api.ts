import document from '../../../docs/generated/openapi.json' with { type: 'json' };
import type { Aws } from '../../../shared/aws/aws.ts';
import { http } from '../../../shared/lambda/http.ts';
import { routes } from '../api.ts';
import type { ApiDocument } from '../document.ts';

export const entry = (aws: Aws) => {
  /** Everybody may call every route here, so nobody has to be known. */
  const access = { person: async () => undefined };
  return http(routes, { document: document as unknown as ApiDocument, access, clock: aws.clock });
};
