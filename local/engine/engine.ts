import type { Send } from './client.ts';

/** The embedded DynamoDB engine. */
export interface Engine {
  url: string;
  port: number;
  /** Table name → the engine's own stream ARN; filled by `createTables`. */
  streamArns: Map<string, string>;
  /** Raw: target as in `x-amz-target`, body as it came. */
  send: Send;
  /** One DynamoDB action. @throws AwsError with the service's code */
  call<T>(action: string, body: object, api?: 'DynamoDB' | 'DynamoDBStreams'): Promise<T>;
  /**
   * Forgets stream records that every reader has behind it (the engine itself keeps them for ever); the newest stays,
   * because sequence numbers must keep rising. Deletes at most 500 and returns how many; 0 means done.
   */
  trimStream(tableName: string, upTo: string): number;
  stop(): Promise<void>;
}
