import type { Random } from '../domain/ids.ts';
import type { Clock } from '../time/clock.ts';

/**
 * What an instance of a function is made of: its environment, AWS by its clients, the time and chance. On Lambda there is one an
 * instance (`on-lambda.ts`); the simulator makes as many as it kills.
 */
export interface Aws {
  /** An environment variable. @throws Error when it is not set */
  required(name: string): string;
  optional(name: string): string | undefined;
  /** A client of AWS. @param make how it is made on Lambda */
  client<C extends object>(Client: { prototype: C }, make: () => C): C;
  clock: Clock;
  random: Random;
  /** What nobody can guess: 128 bits, 22 characters. */
  token(): string;
}
