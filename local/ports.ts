import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { freePort } from './engine/index.ts';

export interface Ports {
  api: number;
  identity: number;
  mailbox: number;
  door: number;
}

/**
 * Four ports: counted up from `first`, else those of the last start (a token names its issuer's port), else free ones.
 * Throws when a port somebody asked for is taken.
 */
export async function choosePorts(first: number | undefined, file: string | undefined): Promise<Ports> {
  if (first !== undefined) {
    const ports = { api: first, identity: first + 1, mailbox: first + 2, door: first + 3 };
    for (const port of Object.values(ports)) if (!(await isFree(port))) throw new Error(`Port ${port} is taken`);
    return ports;
  }
  const kept = file && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Ports) : undefined;
  const choose = async (port: number | undefined) => (port && (await isFree(port)) ? port : await freePort());
  const ports = {
    api: await choose(kept?.api),
    identity: await choose(kept?.identity),
    mailbox: await choose(kept?.mailbox),
    door: await choose(kept?.door),
  };
  if (file) writeFileSync(file, JSON.stringify(ports));
  return ports;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
