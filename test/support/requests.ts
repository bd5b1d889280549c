import type { Answer } from '../../local/client.ts';
import type { Reachable } from '../../local/cloud.ts';
import type { RouteDef } from '../../shared/http/route.ts';
import { findServices } from '../checks/services.ts';
import { fresh } from './keys.ts';

/** Every route that the services declare. */
export const allRoutes = async (): Promise<RouteDef[]> => (await findServices()).flatMap(({ routes }) => routes);

/** Asks for `GET /path` or the like, as any program may, and says what it was told; without a token nobody asks. */
export const ask = async ({ apiUrl, fetch }: Reachable, what: string, token?: string, body: unknown = {}) => {
  const [method = '', path = ''] = what.split(' ');
  const answer = await fetch(`${apiUrl}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      'idempotency-key': fresh('asked'),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, text: await answer.text() };
};

/** What is asked of paths that can't do without, by their end. */
const QUERIES = {
  '/figures': 'from=2026-03-02&to=2026-03-02',
  '/figures/league': 'measure=Q3&from=2026-03-02&to=2026-03-02',
  '/arrears/accounts': 'building=1%23',
  '/funnel': 'from=2026-03-01&to=2026-03-31',
  '/funnel/accounts': 'building=1%23&from=2026-03-01&to=2026-03-31',
  '/service': 'from=2026-03-02&to=2026-03-02',
  '/repeats': 'from=2026-03-02&to=2026-03-02',
  '/assessment/agents': 'from=2026-03-02&to=2026-03-02',
  '/assessment/departments': 'from=2026-03-02&to=2026-03-02',
  '/cases': 'day=2026-03-02',
  '/statement/pdf': 'from=2026-03-01&to=2026-03-31',
};

/** A route's path with the ids given in it; what isn't given is nobody's, since who may is decided before it is looked for. */
export const filled = ({ path }: Pick<RouteDef, 'path'>, ids: Record<string, string>): string => {
  const full = path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? `${name}_0`);
  const asked = Object.entries(QUERIES).find(([end]) => full.endsWith(end));
  return asked ? `${full}?${asked[1]}` : full;
};

/** A body each command takes, by the end of its path. */
export const BODIES: Record<string, Answer> = {
  judge: { valid: true },
  'second-look': { agree: true, explanation: 'Seen.' },
  assign: { department: 'security' },
  investigate: { findings: 'Found.' },
  resolve: { result: 'Done.' },
  'give-up': { reason: 'Cannot.' },
  decide: { decision: 'Do it.' },
  important: { reason: 'It is.' },
  sign: { feedback: 'Signed.' },
  attempts: { outcome: 'reached', rating: 5 },
  'opinions/answer': { item: 0, answer: 'So.' },
  'opinions/sign': { item: 0 },
  'callbacks/reply': { reply: 'As promised.' },
  'contacts/reply': { words: 'As promised.' },
  waive: { reason: 'owner-refused', explanation: 'Asked us to.' },
  publish: { answer: 'At the gate.' },
  acknowledge: { words: 'Seen.' },
  outcome: { settled: true },
  promise: { replyBy: '2026-03-02T10:00:00Z' },
  '{party}/contacts': { way: 'phone', value: '+86 138 0000 0000' },
  merge: { into: 'pty_0' },
  unmerge: { reason: 'They are two.' },
  withdraw: { reason: 'Entered twice.' },
  'units/{unit}': { building: 'A', number: '1', area: 50 },
  'parties/{party}': { name: 'Somebody' },
  parties: { party: 'pty_0', relation: 'owner' },
};
export const bodyOf = ({ path }: Pick<RouteDef, 'path'>): Answer => {
  const kind = /\{(?:complaint|callback|contact)\}/.exec(path) ? (path.split('/')[3] ?? '') : '';
  const end = path.replace(/^.*\{(?:complaint|callback|contact)\}\//, '');
  return (
    BODIES[`${kind}/${end}`] ??
    BODIES[end] ??
    BODIES[path.split('/').slice(-2).join('/')] ??
    BODIES[path.split('/').at(-1) ?? ''] ??
    {}
  );
};
