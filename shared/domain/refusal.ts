import type { MessageKey } from '../text/catalogue.ts';

/** What a refusal means to the caller; mapped to an HTTP status once, in `http/problem.ts`. */
export type RefusalKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'gone'
  | 'conflict'
  | 'changed'
  | 'rule'
  | 'too-many'
  | 'unexpected'
  | 'too-long';

export type Details = Record<string, string | number | boolean>;

/** One field that is wrong and the rule it breaks: a message, said in the language of whoever reads it. */
export interface FieldFault {
  field: string;
  rule: MessageKey;
  details?: Details | undefined;
}

/**
 * A "no" with a reason a person can act on: returned by the pure domain, thrown at the edge. Anything else that is
 * thrown is unexpected, so that retries and dead letters work.
 */
export class Refusal extends Error {
  readonly kind: RefusalKind;
  readonly code: MessageKey;
  readonly details: Details;
  readonly fields: FieldFault[];
  /** Decided on what follows a moment behind (an index, counts, another service's events): not kept under a command's key. */
  readonly passing: boolean;
  /** In how many seconds it may be tried again, where that is known. */
  readonly retryAfter: number | undefined;

  constructor(
    kind: RefusalKind,
    code: MessageKey,
    details: Details = {},
    fields: FieldFault[] = [],
    { passing = false, retryAfter }: { passing?: boolean; retryAfter?: number } = {},
  ) {
    super(`${kind}: ${code}`);
    this.name = 'Refusal';
    this.kind = kind;
    this.code = code;
    this.details = details;
    this.fields = fields;
    this.passing = passing;
    this.retryAfter = retryAfter;
  }
}

/**
 * Whoever asks may not (403), and is told who may.
 * @param may messages: `role.agent`, `may.staff` and the like
 */
export const forbidden = (may: readonly MessageKey[], details: Details = {}, fields: FieldFault[] = []): Refusal =>
  new Refusal('forbidden', 'request.forbidden', { ...details, may: may.join(' ') }, fields);

/** A rule of the business says no (422). */
export const refuse = (code: MessageKey, details: Details = {}): Refusal => new Refusal('rule', code, details);

/**
 * The same where it was decided on what follows the journals a moment behind: sent again under its key, the command is decided
 * anew.
 */
export const refuseForNow = (code: MessageKey, details: Details = {}): Refusal =>
  new Refusal('rule', code, details, [], { passing: true });

/** A value in the request is wrong (400), named by field and rule. */
export const invalid = (...fields: FieldFault[]): Refusal => new Refusal('invalid', 'request.invalid', {}, fields);

export const notFound = (what: string): Refusal => new Refusal('not-found', 'request.not-found', { what });

/**
 * Somebody else was faster with the same thing, again and again or since it was read (409): nothing was done, and nothing is kept under
 * the command's key. Whoever sends it again gets it decided on what is there now.
 */
export const overtaken = (): Refusal => new Refusal('conflict', 'request.overtaken');
