/** The embedded DynamoDB engine with its file on disk. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AwsError } from '../aws-error.ts';
import { rawClient } from './client.ts';
import type { Engine } from './engine.ts';
import { startProcess } from './process.ts';
import { openStreamStore, type StreamStore } from './streams.ts';

export type { Engine } from './engine.ts';
export { expireDaily } from './expiry.ts';
export { freePort } from './port.ts';
export { endOrphan } from './process.ts';
export { createTables } from './tables.ts';

export interface EngineOptions {
  /** Folder for the database; made when missing. Absent, it is in memory, gone when it stops, and nothing is trimmed. */
  dir?: string;
  /** Hears of an end that nobody asked for: nothing works from then on. */
  onDeath?(why: string): void;
}

/**
 * Starts the engine, or uses the one HUIYIN_DYNAMODB_ENDPOINT names (which is then not stopped, and not trimmed).
 * @throws Error when there is no engine to start or the folder is in use
 */
export async function startEngine({ dir, onDeath }: EngineOptions = {}): Promise<Engine> {
  const given = process.env.HUIYIN_DYNAMODB_ENDPOINT;
  let store: StreamStore | undefined;
  let url: string;
  let stopProcess = async () => {};
  if (given) {
    url = given;
  } else {
    if (dir !== undefined) mkdirSync(dir, { recursive: true });
    const started = await startProcess(dir, onDeath);
    url = started.url;
    stopProcess = started.stop;
    try {
      if (dir !== undefined) store = openStreamStore(join(dir, 'engine.db'));
    } catch (error) {
      await stopProcess();
      throw error;
    }
  }
  const { send, close } = rawClient(url);
  return {
    url,
    port: Number(new URL(url).port),
    streamArns: new Map(),
    send,
    async call<T>(action: string, body: object, api: 'DynamoDB' | 'DynamoDBStreams' = 'DynamoDB') {
      const answer = await send(`${api}_20120810.${action}`, JSON.stringify(body));
      const parsed = JSON.parse(answer.body.toString());
      if (answer.status !== 200) {
        const code = String(parsed.__type).split('#').at(-1) as string;
        throw new AwsError(code, String(parsed.message ?? parsed.Message), answer.status);
      }
      return parsed as T;
    },
    trimStream: (tableName, upTo) => store?.trim(tableName, upTo) ?? 0,
    async stop() {
      close();
      store?.close();
      await stopProcess();
    },
  };
}
