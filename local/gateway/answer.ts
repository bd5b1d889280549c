import { AwsError } from '../aws-error.ts';
import type { Service } from './request.ts';
import type { HttpAnswer } from './wire.ts';

export interface Answer {
  status: number;
  contentType: string;
  body: string | Buffer;
  errorType?: string;
}

export const JSON_TYPE = 'application/x-amz-json-1.0';

export const jsonAnswer = (body: unknown): Answer => ({
  status: 200,
  contentType: JSON_TYPE,
  body: JSON.stringify(body),
});

export const xmlAnswer = (body: string, status = 200): Answer => ({
  status,
  contentType: 'application/xml',
  body: `<?xml version="1.0" encoding="UTF-8"?>${body}`,
});

/** SES's query protocol. */
export const mailAnswer = (action: string, messageId: string): Answer => ({
  status: 200,
  contentType: 'text/xml',
  body:
    `<${action}Response xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><${action}Result>` +
    `<MessageId>${escapeXml(messageId)}</MessageId></${action}Result>` +
    `<ResponseMetadata><RequestId>local</RequestId></ResponseMetadata></${action}Response>`,
});

/** As it goes over the wire. */
export function httpAnswer({ status, contentType, body, errorType }: Answer): HttpAnswer {
  const headers = {
    'content-type': contentType,
    'content-length': String(Buffer.byteLength(body)),
    'x-amzn-requestid': 'local',
    ...(errorType ? { 'x-amzn-errortype': errorType } : {}),
  };
  return { status, headers, body };
}

/**
 * An error in the shape the service's SDK client understands. Anything but an AwsError is a failure of the local
 * cloud: answered so that no client retries it.
 */
export function errorAnswer(service: Service | undefined, error: unknown, extra: object = {}): Answer {
  const known = error instanceof AwsError ? error : undefined;
  const code = known?.code ?? 'LocalCloudFailure';
  const message = error instanceof Error ? error.message : String(error);
  const status = known?.status ?? 400;
  if (service === 's3') {
    const body = `<Error><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message></Error>`;
    return xmlAnswer(body, status);
  }
  if (service === 'ses') {
    const body =
      '<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error>' +
      `<Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${escapeXml(code)}</Code>` +
      `<Message>${escapeXml(message)}</Message></Error><RequestId>local</RequestId></ErrorResponse>`;
    return { status, contentType: 'text/xml', body };
  }
  const body = JSON.stringify({ __type: `com.amazonaws.local#${code}`, message, Message: message, ...extra });
  return { status, contentType: JSON_TYPE, body, errorType: code };
}

export function escapeXml(text: string): string {
  const entities: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };
  return text.replace(/[<>&"]/g, (character) => entities[character] as string);
}
