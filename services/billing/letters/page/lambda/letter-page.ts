import type { Aws } from '../../../../../shared/aws/aws.ts';
import { http } from '../../../../../shared/lambda/http.ts';
import { wireLetters } from '../../read-store.ts';
import { routes } from '../page-api.ts';

export const entry = (aws: Aws) => http(routes, wireLetters(aws));
