import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, type Caller, caller, Problem } from '../../local/client.ts';
import { type CloudOptions, startCloud } from '../../local/cloud.ts';
import { ADMIN, type GroupSpec, type SiteSpec, setUp, staffOf } from '../../local/demo/group.ts';
import { type AnyCloud, type LocalCloud, localCloud } from '../../local/in-memory/any-cloud.ts';
import { type MemoryCloud, type MemoryData, memoryData } from '../../local/in-memory/cloud.ts';
import { synthesized } from '../../local/in-memory/deployment.ts';
import { keptInMemory } from '../../local/in-memory/kept.ts';
import { startInMemory } from '../../local/in-memory/start.ts';
import { openObjects } from '../../local/objects.ts';
import { fresh } from './keys.ts';
import { namingEverything } from './named.ts';
import { type Site, siteOf } from './site.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** Monday 2 March 2026, 10:00 in Shanghai; Sunday 21:00 in New York. The clock stands still until a test moves it. */
export const START = Date.UTC(2026, 2, 2, 2);

const departments = [
  { id: 'engineering', name: 'Engineering' },
  { id: 'security', name: 'Security' },
];
const LAKESIDE: SiteSpec = { id: 'lakeside', name: '翠湖花园', timeZone: 'Asia/Shanghai', departments };
const WESTGATE: SiteSpec = { id: 'westgate', name: 'Westgate', timeZone: 'America/New_York', departments };

const GROUP: GroupSpec = {
  name: 'Two Sites',
  sites: [LAKESIDE, WESTGATE],
  staff: [
    { sub: 'group-manager', name: 'Grace', language: 'en', site: '*', role: 'group-manager' },
    { sub: 'quality-manager', name: 'Quinn', language: 'en', site: '*', role: 'quality-manager' },
    // At lakeside people read Chinese, but for the centre manager.
    ...staffOf(LAKESIDE, 'lakeside', ['示例'], 'zh-CN').map((one) =>
      one.role === 'centre-manager' ? { ...one, language: 'en' as const } : one,
    ),
    ...staffOf(WESTGATE, 'westgate', ['Sample'], 'en'),
  ],
};

export interface Letter {
  to: string;
  subject: string;
  text: string;
  at: number;
}

/** The whole system with a group of two sites, and what people do there in the words of the field. */
export interface World<C extends AnyCloud = AnyCloud> {
  cloud: C;
  lakeside: Site;
  westgate: Site;
  /** The caller of a subject; `admin`, `lakeside-agent-1` and the like. */
  as(sub: string): Promise<Caller>;
  /** The staff id of a subject. */
  staff(sub: string): string;
  /** A site's policy becomes tighter, and everybody knows it a minute later. */
  tightens(site: string, overrides: Record<string, number>): Promise<void>;
  /** All that was caused has happened. */
  settle(): Promise<void>;
  /** So many ms go by, with everything that falls due in them. */
  passes(ms: number): Promise<void>;
  /** All mail so far by who it went to, oldest first. */
  mail(): Promise<Letter[]>;
  mailTo(sub: string): Promise<Letter[]>;
  /** What somebody's inbox holds about a case, newest first. */
  inbox(sub: string, about: string): Promise<Answer[]>;
  stop(): Promise<void>;
}

const set = async <C extends AnyCloud>(cloud: C): Promise<World<C>> => {
  try {
    const ids = await setUp(cloud, GROUP);
    await cloud.clock.settle();
    return worldOf(cloud, ids);
  } catch (error) {
    await cloud.stop();
    throw error;
  }
};

const DEPLOYED = {
  assembly: join(import.meta.dirname, '..', '..', 'cdk.out'),
  parameters: { AdminSubject: ADMIN },
};

/** In the local cloud, booted of what would be deployed; with a `data` folder that was used before, everything is there again. */
export const startLocalWorld = async (options: Partial<CloudOptions> = {}): Promise<World<LocalCloud>> =>
  set(localCloud(await startCloud({ ...DEPLOYED, start: START, ...options })));

/** What outlives a world, for the next. */
export interface WorldData {
  folder: string;
  memory: MemoryData;
  remove(): void;
}

export const worldData = (): WorldData => {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-world-'));
  const memory = {
    ...memoryData(synthesized()),
    kept: keptInMemory(),
    objects: openObjects(join(folder, 's3')),
    clockFile: join(folder, 'clock.json'),
  };
  return { folder, memory, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

/** A cloud in memory with what journeys look at: logs, and objects as files. */
const journeysCloud = async (start: number, data?: WorldData): Promise<MemoryCloud> => {
  const own = data ?? worldData();
  const cloud = await startInMemory({ start, data: own.memory, logged: true });
  const stop = async () => {
    await cloud.stop();
    if (!data) own.remove();
  };
  return { ...cloud, stop };
};

/** In memory; with `CLOUD=local` in the local cloud, as it would be deployed. */
export const startCloudOf = async (start: number, data?: WorldData): Promise<AnyCloud> =>
  process.env.CLOUD === 'local'
    ? localCloud(await startCloud({ ...DEPLOYED, start, ...(data ? { data: data.folder } : {}) }))
    : journeysCloud(start, data);

export const startWorld = async ({ start = START, data }: { start?: number; data?: WorldData } = {}): Promise<World> =>
  set(await startCloudOf(start, data));

/** What people do in a group that is set up; its staff ids by subject. */
export const worldOf = <C extends AnyCloud>(cloud: C, ids: Map<string, string>): World<C> => {
  const callers = new Map<string, Promise<Caller>>();
  const by = namingEverything(cloud.fetch);
  const as = (sub: string) => {
    const known = callers.get(sub) ?? cloud.token(sub).then((token) => caller(cloud.apiUrl, token, 'en', by));
    callers.set(sub, known);
    return known;
  };
  const staff = (sub: string) => {
    const id = ids.get(sub);
    if (id === undefined) throw new Error(`nobody is called ${sub}`);
    return id;
  };
  const mail = async () =>
    (await cloud.mail()).map(({ to, subject, text = '', at }) => ({
      to: to.map((address) => address.replace('@staff.example.com', '')).join(),
      subject,
      text,
      at,
    }));
  return {
    cloud,
    as,
    staff,
    lakeside: siteOf({ cloud, as }, 'lakeside'),
    westgate: siteOf({ cloud, as }, 'westgate'),
    async tightens(site, overrides) {
      await (await as(ADMIN)).post(`/sites/${site}/policies`, { overrides }, fresh('policy'));
      await cloud.clock.advance({ by: MINUTE });
    },
    settle: () => cloud.clock.settle(),
    passes: (ms) => cloud.clock.advance({ by: ms }),
    mail,
    mailTo: async (sub) => (await mail()).filter(({ to }) => to === sub),
    async inbox(sub, about) {
      const { items } = await (await as(sub)).get('/inbox?limit=100');
      return items.filter((notice: Answer) => notice.about === about);
    },
    stop: () => cloud.stop(),
  };
};

/** What was refused, as the caller is told; fails when it wasn't. */
export const refusal = async (asked: Promise<unknown>): Promise<{ status: number; code: string; body: Answer }> => {
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    // Each request has an id of its own; what was refused is the same.
    const { instance: _, ...body } = error.body;
    return { status: error.status, code: body.code, body };
  }
  throw new Error('it was not refused');
};

/** How often a caller asks again who got no answer, or was told that too many are at it. */
const TRIES = 8;

/** A caller as a good client is: where the answer is lost or the system busy, it asks again under the same key. */
export const insisting = (caller: Caller): Caller => {
  const again = async <T>(ask: () => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await ask();
      } catch (error) {
        const worthwhile =
          error instanceof Problem &&
          (error.status >= 500 || error.status === 429 || error.body.code === 'request.overtaken');
        if (!worthwhile || attempt === TRIES) throw error;
      }
    }
  };
  return {
    get: (path) => again(() => caller.get(path)),
    post: (path, body, key) => again(() => caller.post(path, body, key)),
    put: (path, body, key) => again(() => caller.put(path, body, key)),
  };
};
