import type { PersonalRef } from '../domain/events.ts';
import type { Keeps } from './retention.ts';

/** Erasable text written in the same transaction as the event that refers to it. */
export interface PersonalText extends PersonalRef {
  /** Of its hash. */
  salt: string;
  kind: string;
  value: string;
  /** How people read it, where that isn't how it is kept and compared. */
  shown?: string | undefined;
  restricted?: Restricted | undefined;
  keeps?: Keeps | undefined;
  /** When it ends by itself, in epoch seconds. */
  expires?: number | undefined;
}

/** A text that nothing refers to any more: erased, or kept for what it proves. */
export interface GoneText {
  ref: string;
  evidence?: number | undefined;
}

/**
 * A text that is restricted: `person`, for they asked that it is used for nothing but what they are owed and owe (PIPL art. 44);
 * `law`, for they were erased, or corrected it, and a law alone has it kept (art. 47).
 */
export type Restricted = 'person' | 'law';
