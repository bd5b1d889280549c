/**
 * The system as the synthesized templates describe it, with every reference resolved: what `template/` reads and
 * everything else in the local cloud runs on. Nothing here is invented locally; a property that has no place here is
 * refused when the template is read.
 */

/** An IAM policy document as in the template, its resources resolved to plain ARNs (wildcards allowed). */
export interface PolicyDocument {
  Version: string;
  Statement: PolicyStatement[];
}

export interface PolicyStatement {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Principal?: unknown;
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** Who may do what: a role and all the policies (inline and attached) it carries. */
export interface Role {
  arn: string;
  name: string;
  policies: PolicyDocument[];
}

export interface KeySchema {
  hash: string;
  range?: string;
}

export interface TableModel {
  logicalId: string;
  arn: string;
  name: string;
  key: KeySchema;
  /** Attribute name → DynamoDB scalar type. */
  attributes: Record<string, 'S' | 'N' | 'B'>;
  indexes: { name: string; key: KeySchema; projection: 'ALL' | 'KEYS_ONLY' | 'INCLUDE'; include?: string[] }[];
  /** The attribute that says when an item ends (epoch seconds). */
  ends?: string;
  /** Set when the table has a stream. */
  stream?: { arn: string; view: 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES' | 'KEYS_ONLY' };
}

export interface FunctionModel {
  logicalId: string;
  /** The CDK construct path (`HuiyinComplaints/Api`), what people call the function. */
  path: string;
  arn: string;
  name: string;
  /** Folder of the bundle that would be deployed. */
  code: string;
  /** `index.handler`. */
  handler: string;
  memoryMb: number;
  timeoutMs: number;
  environment: Record<string, string>;
  role: Role;
  /** Whether Lambda itself logs the start, end and report of every invocation. */
  logsInvocations: boolean;
  reservedConcurrency?: number;
  /** Asynchronous invocation: retries (default 2), age limit and where failures go. */
  async: { retries: number; maxAgeMs: number; onFailure?: string };
}

export interface StreamMapping {
  /** Table stream or queue ARN. */
  source: string;
  functionArn: string;
  batchSize: number;
  /** Milliseconds. */
  batchingWindow: number;
  startingPosition?: 'TRIM_HORIZON' | 'LATEST';
  parallelization: number;
  /** Attempts after the first; -1 is without end. */
  retries: number;
  /** Milliseconds; -1 is without end. */
  maxRecordAge: number;
  bisect: boolean;
  partialFailures: boolean;
  /** Event filter patterns (EventBridge syntax), any of which lets a record pass. */
  filters: unknown[];
  /** Queue ARN for the pointers of failed batches. */
  onFailure?: string;
  maxConcurrency?: number;
}

export interface QueueModel {
  logicalId: string;
  arn: string;
  url: string;
  name: string;
  fifo: boolean;
  /** A FIFO queue that tells duplicates by the body's hash. */
  contentDeduplication: boolean;
  /** Milliseconds. */
  visibility: number;
  retention: number;
  delay: number;
  redrive?: { target: string; maxReceives: number };
}

export interface Target {
  arn: string;
  input?: string;
  inputPath?: string;
  inputTransformer?: { paths: Record<string, string>; template: string };
  retries: number;
  maxAgeMs: number;
  deadLetter?: string;
  /** Group id for a FIFO queue as the target. */
  messageGroup?: string;
}

export interface RuleModel {
  arn: string;
  bus: string;
  pattern: unknown;
  enabled: boolean;
  targets: Target[];
}

export interface MachineModel {
  logicalId: string;
  path: string;
  arn: string;
  name: string;
  /** Amazon States Language, resolved. */
  definition: Record<string, unknown>;
  role: Role;
  timeoutMs?: number;
}

export interface ScheduleModel {
  arn: string;
  name: string;
  /** `rate(15 minutes)`, `cron(…)`. */
  expression: string;
  timezone: string;
  enabled: boolean;
  target: Target;
  role: Role;
}

export interface RouteModel {
  /** `POST /sites/{site}/complaints`. */
  key: string;
  functionArn: string;
  /** Absent: open to everybody. */
  authorizer?: { issuer: string; audience: string[] };
}

export interface ApiModel {
  id: string;
  name: string;
  routes: RouteModel[];
  cors?: { origins: string[]; methods: string[]; headers: string[]; exposed: string[] };
}

/** What SES can tell about a mail, by its name in a template; opens and clicks don't happen here. */
export const MAIL_EVENTS = ['send', 'delivery', 'bounce', 'complaint', 'reject'] as const;
export type MailEvent = (typeof MAIL_EVENTS)[number];

export interface ConfigurationSetModel {
  name: string;
  /** What each of its enabled event destinations wants to hear of; all of them are the default bus. */
  destinations: MailEvent[][];
}

/** A bucket's objects; who may is told by roles alone. */
export interface BucketModel {
  logicalId: string;
  arn: string;
  name: string;
}

export interface Deployment {
  account: string;
  region: string;
  tables: TableModel[];
  functions: FunctionModel[];
  mappings: StreamMapping[];
  queues: QueueModel[];
  buckets: BucketModel[];
  buses: { arn: string; name: string }[];
  rules: RuleModel[];
  machines: MachineModel[];
  schedules: ScheduleModel[];
  apis: ApiModel[];
  /** Verified sender identities (addresses or domains). */
  senders: string[];
  configurationSets: ConfigurationSetModel[];
  /** Template outputs by stack, then by output key. */
  outputs: Record<string, Record<string, string>>;
}
