import type { DataFolder } from './data-folder.ts';
import type { Person } from './front/identity.ts';
import type { Mail } from './front/mail.ts';
import type { DecideOutcome } from './front/post.ts';
import type { Denial, Faults, Meter, OnUse } from './gateway/index.ts';
import type { Deployment } from './model.ts';
import type { DeadLetter, LogLine } from './record.ts';
import type { Disturb } from './triggers/disturbance.ts';
import type { ExecutionStatus } from './triggers/machines.ts';

export interface CloudOptions {
  /** Folder that `cdk synth` wrote. */
  assembly: string;
  /** Folder to keep everything in, taken already or by this; absent: a temporary one, removed at stop. */
  data?: string | DataFolder;
  /** Begin anew: what the folder holds is deleted, once nothing stands in the way of the start. */
  fresh?: boolean;
  /** Initial clock, ms; a kept clock that is later wins. Default: wall time, or where a kept clock stood. */
  start?: number;
  /** Clock seconds per wall second; 0 (the default) stands still until `advance`. */
  speed?: number;
  /** CloudFormation parameters besides `OidcIssuer` and `OidcAudience`. */
  parameters?: Record<string, string>;
  /** API here, sign-in, mailbox and SDK endpoint on the three ports after it. Default: free ones. */
  port?: number;
  /**
   * The same uses the same each time, for who prices: every environment has a thread of its own, and streams and queues are read
   * when nothing else runs. Only for a clock that stands still: a running one may never come to that.
   */
  repeatable?: boolean;
  /** Sees every SDK call that had its effect, and what it used by table and index. */
  onUse?: OnUse;
  /** What went wrong in the cloud itself, or got lost. */
  log?(line: string): void;
  /** Something that it can't go on without ended by itself. */
  onDeath?(why: string): void;
}

/** A running local cloud, and what tests and tools may do to it. */
export interface Cloud {
  deployment: Deployment;
  apiUrl: string;
  /** How calls get to the API. */
  fetch: typeof fetch;
  issuerUrl: string;
  mailboxUrl: string;
  /** Where AWS SDK clients reach every service. */
  endpointUrl: string;
  clock: {
    /** ms since the epoch. */
    now(): number;
    /** Moves instant by instant; resolves when all that fell due, and all that it caused, is done. */
    advance(to: { by: number } | { to: number }): Promise<void>;
    /** Resolves when nothing can run without the clock being moved. */
    settle(): Promise<void>;
  };
  /** An access token of the local issuer, valid twelve hours of wall time. */
  token(sub: string, claims?: Record<string, unknown>): Promise<string>;
  /** Who can be chosen on the sign-in page. */
  offerPeople(people: Person[]): void;
  faults: Faults;
  meter: Meter;
  /** What the template's policies refused. */
  denials(): Denial[];
  /** Invokes a function by its construct path (`HuiyinComplaints/Api`) and waits. Rejects with the function's error. */
  invoke(path: string, event: unknown): Promise<unknown>;
  /** Ends the function's environments, mid-flight or not. */
  kill(path: string): void;
  /** Aborts all running executions; gives back how many. */
  stopExecutions(): number;
  executions(): { name: string; status: ExecutionStatus; machine: string }[];
  /** The folder in which a bucket's objects lie as files, by its name. */
  objectsIn(bucket: string): string;
  /** From now on deliveries happen twice or out of order with these probabilities; `{}` ends it. */
  redeliver(how: Disturb): void;
  /** All mail so far, oldest first. */
  mail(): Promise<Mail[]>;
  /** From now on mails fare as it says, for all their recipients; where it says nothing, as their addresses decide. */
  mailOutcome(decide: DecideOutcome): void;
  /** Queues that failures go to, those with messages only. */
  deadLetters(): { queue: string; messages: DeadLetter[] }[];
  /** Events and records given up without a queue to keep them; must stay empty. */
  dropped(): string[];
  /** What functions printed. */
  logs(): LogLine[];
  /** For SDK clients of tests and tools: not bound by any role. */
  tool: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
  /** Ends everything: no process, port or temporary folder is left. */
  stop(): Promise<void>;
}

/** A cloud as far as callers of its API need it. */
export type Reachable = Pick<Cloud, 'apiUrl' | 'fetch' | 'token'>;
