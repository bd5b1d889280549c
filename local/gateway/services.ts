import type { Objects } from '../objects.ts';

/** What the gateway hands to the rest of the local cloud. Implementations throw AwsError; the gateway renders it. */
export interface LocalServices {
  putEvents(entries: EventEntry[], from: string): Promise<{ EventId: string }[]>;
  /** @throws AwsError ExecutionAlreadyExists when the name exists with another input or has ended */
  startExecution(machineArn: string, name: string, input: string): Promise<{ executionArn: string; startDate: number }>;
  /** DescribeExecution, StopExecution, ListExecutions. */
  stepFunctions(action: string, body: Record<string, unknown>): Promise<unknown>;
  sqs(action: string, body: Record<string, unknown>): Promise<unknown>;
  objects: Objects;
  /** The form of SES's SendEmail or SendRawEmail. */
  sendEmail(form: URLSearchParams, from: string): Promise<{ messageId: string }>;
}

export interface EventEntry {
  bus: string;
  source: string;
  detailType: string;
  detail: string;
  resources: string[];
  /** Seconds since 1970, as the SDK sends it. */
  time?: number;
}
