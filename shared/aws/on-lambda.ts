import { randomBytes, randomInt } from 'node:crypto';
import { systemClock } from '../time/clock.ts';
import type { Aws } from './aws.ts';
import { timely } from './timely.ts';

/** As many different chances as one draw of the machine's random numbers gives. */
const CHANCES = 2 ** 47;
/** What nobody can guess: 128 bits, 22 characters. */
const TOKEN_BYTES = 16;

/** What an instance on Lambda is made of. */
export const onLambda: Aws = {
  required(name) {
    const value = process.env[name];
    if (value === undefined || value === '') throw new Error(`environment variable ${name} is not set`);
    return value;
  },
  optional: (name) => process.env[name],
  client: (_, make) => timely(make()),
  clock: systemClock,
  random: () => randomInt(CHANCES) / CHANCES,
  token: () => randomBytes(TOKEN_BYTES).toString('base64url'),
};
