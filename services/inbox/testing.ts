import type { Holder } from '../../shared/people/access.ts';
import type { Position } from '../../shared/people/positions.ts';
import type { Policies } from '../../shared/policy/policies.ts';
import { DEFAULT_POLICY } from '../../shared/policy/policy.ts';
import { HOUR } from '../../shared/time/clock.ts';
import { type RealEngine, startRealEngine } from '../../test/support/real-engine.ts';
import { digest } from './digest.ts';
import { digestsIn } from './digest-store.ts';
import type { NoticeEmail } from './letter.ts';
import { mailer } from './mailer.ts';
import type { NamesOf } from './names.ts';
import type { Notice, SitePosition } from './notice.ts';
import type { Noticed } from './notifications.ts';
import { onNotice } from './on-notice.ts';
import { type Inbox, inboxIn, type MailKey } from './store.ts';
import { waitsIn } from './waits-store.ts';

export const NINE = Date.parse('2026-05-01T01:00:00Z'); // 09:00 in Shanghai
const SITE = { site: 'sit_lake', name: '湖滨', timeZone: 'Asia/Shanghai', departments: [] };
export const policies = {
  site: async () => SITE,
  at: async () => ({ version: 0, effective: 0, values: DEFAULT_POLICY }),
} as unknown as Policies;

/** Sue and Max have names, unit 1 a place. */
export const names: NamesOf = async (asked) =>
  new Map(
    Object.entries({ stf_sue: 'Sue', stf_max: 'Max', unt_1: '8幢101室' }).filter(([id]) =>
      asked.some(({ by, about, unit }) => [by, about, unit].includes(id)),
    ),
  );

let engine: RealEngine;
let tables = 0;

/** Starts the real engine for a test file; answers what stops it. */
export const startWorld = async () => {
  engine = await startRealEngine();
  return () => engine.stop();
};

/** A world of its own: a table, a roster, a queue that remembers, a mailbox that remembers. */
export const world = async () => {
  const name = `inbox${++tables}`;
  const attributes = { pk: 'S', sk: 'S' } as const;
  await engine.createTables([
    { logicalId: name, arn: name, name, key: { hash: 'pk', range: 'sk' }, attributes, indexes: [] },
  ]);
  const inbox = inboxIn({ doc: engine.doc, own: name });
  const waits = waitsIn({ doc: engine.doc, own: name });
  const w = {
    now: NINE,
    inbox,
    waits,
    queue: [] as MailKey[],
    mails: [] as { to: string; letter: NoticeEmail }[],
    roster: {
      'sit_lake agent': [holder('ann'), holder('ben')],
      'sit_lake supervisor': [holder('sue', { language: 'zh-CN' })],
      'sit_lake centre-manager': [holder('max')],
      'sit_lake site-director': [holder('dir')],
    } as Record<string, Holder[]>,
    /** Addresses that were theirs until lately. */
    left: {} as Record<string, string[]>,
    enqueue: async (keys: readonly MailKey[]): Promise<void> => void w.queue.push(...keys),
    send: async (to: string, letter: NoticeEmail): Promise<string> => `m${w.mails.push({ to, letter })}`,
    hear: (event: Noticed, crash: { enqueue?: true } = {}): Promise<void> =>
      onNotice.handle(event, {
        inbox,
        waits,
        roster: async (site: string, { role, department }: Position) =>
          (w.roster[`${site} ${role}`] ?? []).filter((h) => department === undefined || h.department === department),
        enqueue: crash.enqueue ? () => Promise.reject(new Error('dead')) : w.enqueue,
        clock: () => w.now,
      }),
    /** Gives the mailer everything queued so far, each message `times` times; answers how many must come again. */
    deliver: async (times = 1, over: Inbox = inbox): Promise<number> => {
      const Records = w.queue
        .splice(0)
        .flatMap((key) => Array.from({ length: times }, () => ({ messageId: key.sk, body: JSON.stringify(key) })));
      const holder = async ({ site, role }: SitePosition, staff: string) =>
        (w.roster[`${site} ${role}`] ?? []).find((h) => h.staff === staff);
      const anywhere = (staff: string) =>
        Object.values(w.roster)
          .flat()
          .find((h) => h.staff === staff);
      const reach = async (staff: string) => {
        const { email, language = 'en' } = anywhere(staff) ?? {};
        return { language, emails: [...(email === undefined ? [] : [email]), ...(w.left[staff] ?? [])] };
      };
      const mail = mailer({ inbox: over, policies, holder, reach, names, send: w.send, clock: () => w.now });
      return (await mail({ Records })).batchItemFailures.length;
    },
    digest: (): Promise<void> =>
      digest({ digests: digestsIn(inbox), policies, enqueue: w.enqueue, clock: () => w.now })(),
    list: async (staff: string): Promise<Notice[]> => (await inbox.list(staff, 100, undefined, () => true)).items,
  };
  return w;
};
export type World = Awaited<ReturnType<typeof world>>;

export const holder = (staff: string, more: Partial<Holder> = {}): Holder => ({
  staff: `stf_${staff}`,
  language: 'en',
  email: `${staff}@example.com`,
  ...more,
});
export const rung = (name: string, n: number, role: string, more: object = {}) =>
  ({
    id: `cbk_1.${n}`,
    name: `callback.${name}`,
    site: 'sit_lake',
    aggregate: 'cbk_1',
    version: n,
    at: NINE + n * HOUR,
    by: 'system:clock',
    called: { number: 'HF20260501-001', unit: 'unt_1' },
    data: { duty: 'call', due: NINE, rung: n, to: { role }, ...more },
  }) as Noticed;
export const important = {
  ...rung('x', 9, ''),
  id: 'cmp_1.9',
  name: 'complaint.marked-important',
  data: {},
} as unknown as Noticed;
