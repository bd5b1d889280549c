import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { CannotStart } from './cannot-start.ts';

const NAMES = ['api', 'identity', 'mailbox', 'gateway'] as const;
export type PortName = (typeof NAMES)[number];

/** The cloud's ports, held from the moment they are chosen: other addresses are written down before all of them serve. */
export interface Ports extends Record<PortName, number> {
  /** Lets go of a port right before its server takes it; gives its number. */
  release(name: PortName): Promise<number>;
  releaseAll(): Promise<void>;
}

/**
 * Four ports: counted up from `first`, else those of the last start (a token names its issuer's port), else free ones.
 * @throws CannotStart when a port somebody asked for is taken
 */
export async function choosePorts(first: number | undefined, file: string | undefined): Promise<Ports> {
  const kept =
    file && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<PortName, number>) : undefined;
  const held = new Map<PortName, Server>();
  const release = async (name: PortName) => {
    const holder = held.get(name);
    held.delete(name);
    if (holder) await new Promise((resolve) => holder.close(resolve));
    return numbers[name];
  };
  const releaseAll = async () => void (await Promise.all(NAMES.map(release)));
  const numbers: Record<PortName, number> = { api: 0, identity: 0, mailbox: 0, gateway: 0 };
  try {
    for (const [index, name] of NAMES.entries()) {
      const holder = await (first === undefined ? hold(kept?.[name] ?? 0).catch(() => hold(0)) : hold(first + index));
      held.set(name, holder);
      const address = holder.address();
      numbers[name] = typeof address === 'object' && address ? address.port : 0;
    }
  } catch (error) {
    await releaseAll();
    throw error;
  }
  if (file) writeFileSync(file, JSON.stringify(numbers));
  return { ...numbers, release, releaseAll };
}

function hold(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', () => reject(new CannotStart(`port ${port} is taken; stop what has it, or choose others`)));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
