import type { IdempotencyKey } from '../../journal/execute.ts';
import type { Actor, Person } from '../../people/access.ts';
import type { Language } from '../../text/catalogue.ts';
import type { ApiAnswer, ApiEvent } from '../api-event.ts';
import type { List } from '../cursor.ts';
import type { Input, Route } from '../route.ts';

/** What the steps have found out of a request, each for those after it. */
export interface RequestFacts<Deps> {
  route: Route<Deps>;
  language: Language;
  /** The subject who calls; absent where everybody may. */
  caller?: string;
  person: Person;
  actor: Actor;
  /** The body as it was sent, not yet checked. */
  sent?: unknown;
  idempotencyKey: IdempotencyKey;
  input: Input<never, never, never>;
  /** Of a list: it is asked for whole. */
  all?: boolean;
  /** Of a list: what its cursors are sealed with. */
  list?: List | undefined;
}

/** A request on its way, as middy hands it from step to step; its context is ours alone. */
export interface CallInProgress<Deps> {
  event: ApiEvent;
  context: Partial<RequestFacts<Deps>>;
  /** Before `answered` what the handler found, after it the answer. */
  response?: unknown;
  error?: unknown;
}

/** One step, a middleware of middy's. */
export interface HttpStep<Deps> {
  before?(call: CallInProgress<Deps>): void | Promise<void>;
  after?(call: CallInProgress<Deps> & { context: RequestFacts<Deps> }): void | Promise<void>;
  onError?(call: CallInProgress<Deps> & { response?: ApiAnswer }): void;
}
