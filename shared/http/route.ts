import type * as z from 'zod';
import type { Refusal } from '../domain/refusal.ts';
import type { Current } from '../journal/aggregate.ts';
import type { IdempotencyKey } from '../journal/execute.ts';
import type { Actor, Person } from '../people/access.ts';
import type { Caller, Role } from '../people/positions.ts';
import type { Language, MessageKey } from '../text/catalogue.ts';
import type { Instant } from '../time/clock.ts';
import type { ActionsOf } from './actions-out.ts';
import type { Problem } from './problem.ts';
import type { Told } from './told.ts';

/** Who may call: somebody with one of these roles at the site in the path (or at any, where the path names none). */
export type Who = readonly Caller[] | 'staff' | 'everybody';

/** Positions, each with the message that says of whom: `access.…` of the catalogue. */
export type PositionMessages = Partial<Record<Role, MessageKey>>;

/** What a handler gets: everything checked, nothing left to look up about the caller. */
export interface Input<P, Q, B> {
  params: P;
  query: Q;
  body: B;
  /** Absent only where everybody may call. */
  person: Person;
  /** The caller at the site in the path. */
  actor: Actor;
  language: Language;
  now: Instant;
  /** For commands: what makes it happen once. */
  idempotencyKey: IdempotencyKey;
  /** What can be done to the case that this is about, by whoever asks. */
  actions: ActionsOf;
}

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** The answer as a file, where `?format=` asks for it. */
export interface AnswerFile<A> {
  contentType: string;
  fileName: string;
  write(answer: A, language: Language, told: Told): string | Uint8Array;
}

/** What was refused, for a page that says so. */
export interface Refused {
  problem: Problem;
  /** The browser's. */
  language: Language;
  /** As they were sent, not checked. */
  params: Record<string, string | undefined>;
  query: Record<string, string | undefined>;
}

/**
 * A route, declared once: the guard, the validation, the OpenAPI document, the API's routes in the template and the
 * function's permissions all follow from it. Every method but GET is a command and needs an `Idempotency-Key`.
 */
export interface RouteDef {
  method: HttpMethod;
  path: string;
  /** One line for the API's document. */
  summary: string;
  who: Who;
  /** Where the path names no site and `who` is `staff`: only these positions may, at whichever site they are held, each of whom it says. */
  positions?: PositionMessages;
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** Whose cursors it takes, where it isn't its own list: `GET /sites/{site}/letters`. */
  pagesOf?: string;
  body?: z.ZodType;
  /**
   * The body may also be posted by a page's form: text fields, an empty one left out. A page can't send headers, so its
   * form has a hidden field `key` for the `Idempotency-Key`; the schema of the body doesn't name it.
   */
  form?: boolean;
  answer: z.ZodType;
  /** It answers with people's own data: each time, who read it and of what is recorded. */
  personal?: true;
  status: number;
  /** `text/html` and the like, for what isn't JSON; the handler then returns a string, or the bytes of a file. */
  contentType?: string;
  /** Headers of its answers beyond those of every answer, such as a page's content security policy. */
  headers?: Record<string, string>;
  /** For pages that people open: a no as a page, where others answer problem details. */
  refused?: (refused: Refused) => string;
  /** What else the answer can be had as, by the query's `format`, which the route's query declares. */
  files?: Record<string, AnswerFile<never>>;
}

type Out<T> = T extends z.ZodType ? z.output<T> : undefined;

export interface Route<Deps> extends RouteDef {
  handle(input: Input<never, never, never>, deps: Deps): Promise<unknown>;
  /** Of a command on a case: why it isn't open to somebody, whatever they would say. Writes nothing. */
  may?(
    on: {
      current: Current<never>;
      /** As it stands now, worked out once for all commands on the case. */
      standing(read: () => Promise<Current<never>>): Promise<Current<never>>;
      actor: Actor;
      now: Instant;
    },
    deps: Deps,
  ): Promise<Refusal | undefined>;
}

/** Declares a service's routes over what its handlers need. */
export const routesFor =
  <Deps>() =>
  <
    P extends z.ZodObject | undefined = undefined,
    Q extends z.ZodObject | undefined = undefined,
    B extends z.ZodType | undefined = undefined,
    A extends z.ZodType = z.ZodType,
  >(route: {
    method: HttpMethod;
    path: string;
    summary: string;
    who: Who;
    positions?: PositionMessages;
    params?: P;
    query?: Q;
    pagesOf?: string;
    body?: B;
    form?: boolean;
    answer: A;
    personal?: true;
    status?: number;
    contentType?: string;
    headers?: Record<string, string>;
    refused?: (refused: Refused) => string;
    files?: Record<string, AnswerFile<z.output<A>>>;
    handle(input: Input<Out<P>, Out<Q>, Out<B>>, deps: Deps): Promise<z.input<A>>;
    may?: Route<Deps>['may'];
  }): Route<Deps> =>
    ({ status: 200, ...route }) as unknown as Route<Deps>;

export const isCommand = ({ method }: RouteDef): boolean => method !== 'GET';
export const routeKey = ({ method, path }: RouteDef): string => `${method} ${path}`;
