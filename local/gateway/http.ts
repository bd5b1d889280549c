/** The gateway's port, for tools and tests; functions reach it by messages of the same content. */
import { createServer, type IncomingMessage } from 'node:http';
import type { HttpAnswer, HttpCall } from './wire.ts';

/** Listens on a port, a free one if that is 0. A call that gets no answer loses its connection. */
export async function serveHttp(
  call: (request: HttpCall) => Promise<HttpAnswer | undefined>,
  port: number,
): Promise<{ port: number; stop(): Promise<void> }> {
  const server = createServer(async (incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming;
    const body = await bodyOf(incoming).catch(() => undefined);
    const answer = body && (await call({ method, url, headers, body }));
    if (!answer) {
      incoming.socket.destroy();
      return;
    }
    // In a function's moved clock the wall's date looks like skew, for which the SDK would repeat every refused call.
    outgoing.sendDate = false;
    outgoing.writeHead(answer.status, answer.headers);
    outgoing.end(answer.body);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    incoming.on('error', reject);
  });
}
