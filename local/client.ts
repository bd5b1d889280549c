/** A caller of the public API, as any other program would be: a token, JSON, and an Idempotency-Key on every command. */
export interface Caller {
  get<T = Answer>(path: string): Promise<T>;
  /** @param seen the version that was looked at before: refused where somebody did something since */
  post<T = Answer>(path: string, body: unknown, key: string, seen?: number): Promise<T>;
  put<T = Answer>(path: string, body: unknown, key: string, seen?: number): Promise<T>;
}

// biome-ignore lint/suspicious/noExplicitAny: answers are described by the API's own document
export type Answer = any;

/** An answer that is a problem (RFC 9457). */
export class Problem extends Error {
  readonly status: number;
  readonly body: Answer;

  constructor(what: string, status: number, body: Answer) {
    super(`${what}: ${status} ${typeof body === 'string' ? body : JSON.stringify(body)}`);
    this.name = 'Problem';
    this.status = status;
    this.body = body;
  }
}

/** @param by how a call gets there; over the network unless it says otherwise */
export const caller = (apiUrl: string, token: string, language = 'en', by: typeof fetch = fetch): Caller => {
  const send = async (method: string, path: string, body?: unknown, key?: string, seen?: number) => {
    const answer = await by(`${apiUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'accept-language': language,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(seen === undefined ? {} : { 'if-match': `"${seen}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const read = text.startsWith('{') ? JSON.parse(text) : text;
    if (!answer.ok) throw new Problem(`${method} ${path}`, answer.status, read);
    return read;
  };
  return {
    get: (path) => send('GET', path),
    post: (path, body, key, seen) => send('POST', path, body, key, seen),
    put: (path, body, key, seen) => send('PUT', path, body, key, seen),
  };
};
