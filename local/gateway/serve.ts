/** From a permitted request to its answer, by service; counts what is billed by the request. */
import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { Engine } from '../engine/index.ts';
import type { Deployment } from '../model.ts';
import { type Answer, jsonAnswer, mailAnswer } from './answer.ts';
import { type Meter, per64Kb } from './meter.ts';
import { busName, senderOf } from './needs.ts';
import type { AwsRequest } from './request.ts';
import { serveObjects } from './serve-objects.ts';
import type { EventEntry, LocalServices } from './services.ts';
import { createTableForwarder, type OnUse } from './tables.ts';

interface WireEntry {
  EventBusName?: string;
  Source?: string;
  DetailType?: string;
  Detail?: string;
  Resources?: string[];
  Time?: number;
}

/** PutEvents takes at most ten entries and 256 KB. */
const MAX_ENTRIES = 10;
const MAX_BYTES = 262_144;

export function createHandlers(
  deployment: Deployment,
  engine: Engine,
  services: LocalServices,
  meter: Meter,
  onTableWrite: (tableNames: string[]) => void,
  onUse?: OnUse,
): (request: AwsRequest) => Promise<Answer> {
  const tables = createTableForwarder(deployment, engine, meter, onTableWrite, onUse);
  const byService: Record<AwsRequest['service'], (request: AwsRequest) => Promise<Answer>> = {
    dynamodb: tables.forward,
    dynamodbstreams: tables.forward,
    async events(request) {
      const entries = (request.body.Entries as WireEntry[]).map(toEntry);
      const sizes = checkEntries(entries);
      const units = sizes.reduce((sum, size) => sum + per64Kb(size), 0);
      const Entries = await services.putEvents(entries, request.principal);
      meter.count(request.principal, request.action, 'events.entries', units);
      return jsonAnswer({ FailedEntryCount: 0, Entries });
    },
    async states({ action, body }) {
      if (action !== 'StartExecution') return jsonAnswer(await services.stepFunctions(action, body));
      const name = String(body.name ?? randomUUID());
      const input = String(body.input ?? '{}');
      return jsonAnswer(await services.startExecution(String(body.stateMachineArn), name, input));
    },
    async sqs(request) {
      const answer = await services.sqs(request.action, request.body);
      const bytes = request.action.startsWith('SendMessage') ? request.raw.length : 0;
      meter.count(request.principal, request.action, 'sqs.requests', per64Kb(bytes));
      return jsonAnswer(answer ?? {});
    },
    async s3(request) {
      const answer = serveObjects(services.objects, request);
      meter.count(request.principal, request.action, request.action === 'GetObject' ? 's3.gets' : 's3.puts');
      return answer;
    },
    async ses(request) {
      const form = new URLSearchParams(request.raw.toString());
      const { messageId } = await services.sendEmail(form, senderOf(request.body as Record<string, string>));
      meter.count(request.principal, request.action, 'ses.messages', recipients(form));
      return mailAnswer(request.action, messageId);
    },
  };
  return async (request) => {
    const answer = await byService[request.service](request);
    if (!request.service.startsWith('dynamodb')) onUse?.(request, []);
    return answer;
  };
}

function toEntry(wire: WireEntry): EventEntry {
  const { Source: source, DetailType: detailType, Detail: detail } = wire;
  if (!source || !detailType || detail === undefined) {
    throw new AwsError('InvalidArgument', 'an event entry needs Source, DetailType and Detail');
  }
  const time = wire.Time === undefined ? {} : { time: wire.Time };
  return { bus: busName(wire.EventBusName), source, detailType, detail, resources: wire.Resources ?? [], ...time };
}

/** What PutEvents takes at once; the size of each, bytes. @throws AwsError for more */
export function checkEntries(entries: readonly EventEntry[]): number[] {
  const sizes = entries.map(entryBytes);
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (entries.length > MAX_ENTRIES || bytes > MAX_BYTES) {
    throw new AwsError('ValidationException', `PutEvents with ${entries.length} entries of ${bytes} bytes`);
  }
  return sizes;
}

/** As EventBridge counts an entry: 14 bytes for a time, and every text in UTF-8. */
export function entryBytes({ source, detailType, detail, resources, time }: EventEntry): number {
  const texts = [source, detailType, detail, ...resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), time === undefined ? 0 : 14);
}

/** SES bills every recipient; a raw mail names them in its headers unless Destinations does. */
function recipients(form: URLSearchParams): number {
  const named = [...form.keys()].filter((key) => /^Destinations?\.(\w+\.)?member\.\d+$/.test(key)).length;
  if (named) return named;
  const header =
    Buffer.from(form.get('RawMessage.Data') ?? '', 'base64')
      .toString()
      .split(/\r?\n\r?\n/)[0] ?? '';
  const lines = header.replace(/\r?\n[ \t]+/g, ' ').match(/^(to|cc|bcc):.*$/gim) ?? [];
  return Math.max(1, lines.join(',').split('@').length - 1);
}
