import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type Instant, iso } from '../time/clock.ts';
import type { ApiAnswer, ApiEvent } from './api-event.ts';

/** Smaller answers are as fast without. */
const COMPRESSED_FROM = 1024;
const DIGEST_CHARACTERS = 22;

/** Whether whoever asks takes gzip: by `Accept-Encoding`, where a weight of 0 says no (RFC 9110, 12.5.3). */
const takesGzip = ({ headers }: ApiEvent): boolean =>
  (headers['accept-encoding'] ?? '').split(',').some((one) => {
    const [coding = '', weight = ''] = one.toLowerCase().replaceAll(/\s/g, '').split(';');
    return (coding === 'gzip' || coding === '*') && !/^q=0(\.0*)?$/.test(weight);
  });

const compressed = (answer: ApiAnswer, event: ApiEvent): ApiAnswer => {
  const { body, headers } = answer;
  if (answer.isBase64Encoded || Buffer.byteLength(body) <= COMPRESSED_FROM) return answer;
  if (!takesGzip(event)) return answer;
  return {
    ...answer,
    headers: { ...headers, 'content-encoding': 'gzip' },
    body: gzipSync(body).toString('base64'),
    isBase64Encoded: true,
  };
};

/** Of what is read a digest, as it is rendered; who has that already is sent nothing again. */
const tagged = (answer: ApiAnswer, { routeKey, headers }: ApiEvent): ApiAnswer => {
  if (answer.statusCode !== 200 || !routeKey.startsWith('GET ')) return answer;
  const etag = `"${createHash('sha256').update(answer.body).digest('base64url').slice(0, DIGEST_CHARACTERS)}"`;
  const known = (headers['if-none-match'] ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  const headersNow = { ...answer.headers, etag };
  return known.includes(etag) ? { statusCode: 304, headers: headersNow, body: '' } : { ...answer, headers: headersNow };
};

/**
 * An answer as it is sent: with the server's time, for countdowns that a wrong clock would spoil; compressed, which the
 * gateway doesn't do; and not again to who has it.
 */
export const delivered = (answer: ApiAnswer, event: ApiEvent, now: Instant): ApiAnswer =>
  compressed(
    tagged({ ...answer, headers: { ...answer.headers, vary: 'accept-encoding', 'huiyin-now': iso(now) } }, event),
    event,
  );
