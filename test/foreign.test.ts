import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Answer, Caller } from '../local/client.ts';
import { PREFIX } from '../shared/domain/ids.ts';
import { isCommand, type RouteDef, routeKey } from '../shared/http/route.ts';
import { ROLES } from '../shared/people/positions.ts';
import { HOUR } from '../shared/time/clock.ts';
import { defOf } from './checks/schemas.ts';
import { chargesByArea, entersHome } from './support/homes.ts';
import { fresh } from './support/keys.ts';
import { allRoutes, ask, filled } from './support/requests.ts';
import { startWorld, type World } from './support/world.ts';

type Path = readonly (string | number)[];
/** What a field of a body names: a kind of thing by its id, or whatever its name says. */
interface Reference {
  path: Path;
  kind: string;
}
const NAMED = ['unit', 'party', 'staff', 'contact', 'department'];
const kindOf = (leaf: z.ZodType, name: string): string | undefined => {
  const fits = Object.entries(PREFIX).filter(([, prefix]) => leaf.safeParse(`${prefix}_0`).success);
  return fits.length === 1 ? fits[0]?.[0] : fits.length > 1 && NAMED.includes(name) ? name : undefined;
};

/** Every field of a body that names something, however deep; of a list its first. */
const referencesIn = (schema: z.ZodType, path: Path = []): Reference[] => {
  const def = defOf(schema);
  if (schema instanceof z.ZodString) {
    const kind = kindOf(schema, String(path.findLast((step) => typeof step === 'string') ?? ''));
    return kind === undefined ? [] : [{ path, kind }];
  }
  if (def.type === 'object') {
    return Object.entries(def.shape as Record<string, z.ZodType>).flatMap(([name, one]) =>
      referencesIn(one, [...path, name]),
    );
  }
  if (def.type === 'array') return referencesIn(def.element as z.ZodType, [...path, 0]);
  const inner = [def.innerType, def.in, ...(Array.isArray(def.options) ? def.options : [])] as (
    | z.ZodType
    | undefined
  )[];
  return inner.flatMap((one) => (one ? referencesIn(one, path) : []));
};

/** A body in which one field says something else; what stands beside it in a list stays. */
const withAt = (body: Answer, [step, ...rest]: Path, value: string): Answer => {
  if (step === undefined) return value;
  const base = typeof step === 'number' ? [...(body ?? [])] : { ...body };
  base[step] = withAt(base[step], rest, value);
  return base;
};

describe('what belongs to another site', () => {
  let world: World;
  let commands: { route: RouteDef; references: Reference[] }[];
  let token: string;
  /** What there is of each kind, at the site itself and at the other. */
  const ids: Record<'lakeside' | 'westgate', Record<string, string>> = { lakeside: {}, westgate: {} };

  const furnish = async (site: 'lakeside' | 'westgate', caller: Caller) => {
    const at = `/sites/${site}`;
    const post = (path: string, body: unknown) => caller.post(`${at}/${path}`, body, fresh());
    const home = await entersHome(world, { number: '101' }, site);
    await chargesByArea(world, {}, site);
    const bills = [{ item: 'management', period: '2026-01', dueDay: '2026-01-12', fen: 100_000 }];
    const account = (await post('arrears', { ...home, bills })).id;
    const { id: contact } = await post('contacts', { channel: 'call', rings: 1, outcome: { settled: true } });
    const words = { as: 'complaint', kind: 'maintenance', department: 'engineering', words: 'Drips.' };
    const { complaint } = await post('contacts', { channel: 'call', rings: 1, outcome: words });
    await post(`accounts/${account}/payments`, { fen: 50_000, method: 'cash' });
    await post('runs', { period: '2026-03' });
    await world.settle();
    const content = Buffer.from('日期,贷方发生额,对方户名,流水号\n2026-03-01,88.00,王五,T1').toString('base64');
    await post('statements', { content, channel: 'transfer' });
    await world.settle();
    const [payment] = (await caller.get(`${at}/accounts/${account}/payments`)).items;
    const [letter] = (await caller.get(`${at}/letters`)).items;
    const [remittance] = (await caller.get(`${at}/remittances`)).items;
    const held = await post(`accounts/${account}/holds`, { kind: 'hardship', until: '2026-03-20', reason: 'Ill.' });
    const asks = (answer: Answer, prefix: string) => answer.asked.find(({ id }: Answer) => id.startsWith(prefix))?.id;
    const asked = await post(`accounts/${account}/waivers`, { bill: 'management/2026-01', fen: 100, reason: 'Late.' });
    Object.assign(ids[site], home, {
      account,
      contact,
      complaint,
      payment: payment?.payment,
      letter: letter?.id,
      remittance: remittance?.id,
      hold: asks(held, 'hld_'),
      waiver: asks(asked, 'wvr_'),
      adjustment: 'adj_0',
      staff: world.staff(`${site}-agent-1`),
      department: site === 'westgate' ? 'gardens' : 'engineering',
    });
  };

  beforeAll(async () => {
    world = await startWorld();
    const admin = await world.as('admin');
    const { name, departments } = (await admin.get('/sites?limit=100')).items.find(
      ({ site }: Answer) => site === 'westgate',
    );
    const gardens = { name, departments: [...departments, { id: 'gardens', name: 'Gardens' }] };
    await admin.put('/sites/westgate', gardens, fresh());
    for (const site of ['lakeside', 'westgate'] as const) {
      const grants = ROLES.map((role) => ({
        site,
        role,
        ...(role === 'department-head' ? { department: 'engineering' } : {}),
      }));
      const person = { name: site, subject: `all-${site}`, language: 'en', grants };
      await admin.post('/staff', person, fresh());
    }
    // An administrator asks for nothing that takes two on the day they are entered.
    await world.passes(24 * HOUR);
    for (const site of ['lakeside', 'westgate'] as const) await furnish(site, await world.as(`all-${site}`));
    token = await world.cloud.token('all-lakeside');
    commands = (await allRoutes()).flatMap((route) => {
      if (!isCommand(route) || !route.body || route.who === 'everybody') return [];
      const references = referencesIn(route.body);
      const distinct = new Map(references.map((one) => [one.path.join('.'), one]));
      return references.length === 0 ? [] : [{ route, references: [...distinct.values()] }];
    });
  });
  afterAll(() => world?.stop());

  /** A body that each takes, with what is the site's own. */
  const bodies = (): Record<string, Answer> => {
    const { unit, party, account, payment, letter, contact, staff, hold, waiver, adjustment } = ids.lakeside;
    const reason = { reason: 'So it is.' };
    const decided = { agree: true, words: 'Yes.' };
    const designated = [{ account }];
    const routed = { as: 'complaint', kind: 'attitude', department: 'engineering', words: 'Rude.' };
    const outcome = { ...routed, about: { staff, contact } };
    return {
      'POST /sites/{site}/contacts': { channel: 'call', rings: 1, unit, party, outcome },
      'POST /sites/{site}/contacts/{contact}/outcome': outcome,
      'POST /sites/{site}/complaints/{complaint}/judge': { valid: true, department: 'engineering' },
      'POST /sites/{site}/complaints/{complaint}/assign': { department: 'security' },
      'POST /sites/{site}/units/{unit}/parties': { party, relation: 'tenant' },
      'POST /sites/{site}/parties/{party}/merge': { into: party },
      'POST /sites/{site}/exemptions': {
        unit,
        item: 'management',
        percent: 10,
        from: '2026-04-01',
        to: '2026-05-31',
        ...reason,
      },
      'POST /sites/{site}/readings': { item: 'management', period: '2026-03', readings: [{ unit, quantity: '1' }] },
      'POST /sites/{site}/slips': {
        unit,
        party,
        service: 'pipes',
        department: 'engineering',
        appointedAt: '2026-03-03T10:00:00+08:00',
      },
      'POST /sites/{site}/arrears': {
        unit,
        party,
        bills: [{ item: 'management', period: '2025-12', dueDay: '2025-12-12', fen: 100 }],
      },
      'POST /sites/{site}/payments': { party, fen: 100, method: 'cash', designated },
      'POST /sites/{site}/payments/{payment}/reversals': { account, ...reason },
      'POST /sites/{site}/accounts/{account}/reversals': { payment, ...reason },
      'POST /sites/{site}/accounts/{account}/payments/decide': { payment, ...decided },
      'POST /sites/{site}/accounts/{account}/refunds/decide': { refund: payment, ...decided },
      'POST /sites/{site}/accounts/{account}/reversals/decide': { payment, ...decided },
      'POST /sites/{site}/accounts/{account}/adjustments/decide': { adjustment, ...decided },
      'POST /sites/{site}/accounts/{account}/waivers/decide': { waiver, ...decided },
      'POST /sites/{site}/accounts/{account}/holds': { kind: 'hardship', until: '2026-03-20', renews: hold, ...reason },
      'POST /sites/{site}/accounts/{account}/holds/decide': { hold, ...decided },
      'POST /sites/{site}/accounts/{account}/holds/end': { hold },
      'POST /sites/{site}/accounts/{account}/credit-moves': { to: account, fen: 100, ...reason },
      'POST /sites/{site}/remittances/{remittance}/claim': { party, designated },
      'POST /sites/{site}/letters/handed-over': { letters: [letter], receivedBy: 'payer', proof: '0'.repeat(64) },
      'POST /sites/{site}/erasures': { party, ...reason },
      'POST /sites/{site}/improvements': {
        period: '2026-02',
        topic: 'service',
        words: 'Better.',
        role: 'department-head',
        department: 'engineering',
        dueDay: '2026-04-01',
      },
      'POST /staff': {
        name: 'New',
        subject: 'new',
        language: 'en',
        grants: [{ site: 'lakeside', role: 'department-head', department: 'engineering' }],
      },
      'POST /staff/{staff}/absence': { deputy: staff, from: '2026-03-03', to: '2026-03-04' },
      'POST /staff/{staff}/back': { deputy: staff },
      'PUT /staff/{staff}': {
        name: 'New',
        subject: 'lakeside-agent-1',
        language: 'en',
        grants: [{ site: 'lakeside', role: 'department-head', department: 'engineering' }],
      },
    };
  };
  /** Of several fields that exclude each other, the one that is asked about. */
  const ALONE = ['party', 'letter', 'payment'];

  it('is refused in the body of every command that names something, and nothing comes of it', async () => {
    const known = bodies();
    expect(commands.map(({ route }) => routeKey(route)).filter((key) => !known[key])).toEqual([]);
    const admin = await world.cloud.token('admin');
    let tried = 0;
    for (const { route, references } of commands) {
      const key = routeKey(route);
      const at = `${route.method} ${filled(route, { ...ids.lakeside, site: 'lakeside' })}`;
      for (const { path, kind } of references) {
        const foreign = ids.westgate[kind];
        if (foreign === undefined) throw new Error(`${key}: nothing at the other site is a ${kind}`);
        const own = known[key];
        const field = path[0] as string;
        const alone = /\/(payments|claim)$/.test(key) && ALONE.includes(field);
        const cleared = alone ? Object.fromEntries(Object.entries(own).filter(([name]) => !ALONE.includes(name))) : own;
        const body = withAt(cleared, path, foreign);
        const { status, text } = await ask(world.cloud, at, /\/staff(\/\{staff\})?$/.test(key) ? admin : token, body);
        tried += 1;
        const refused = status >= 400 && status < 500 ? status !== 401 && status !== 403 : /"refused":/.test(text);
        expect(refused, `${key} ${path.join('.')} = ${foreign}: ${status} ${text}`).toBe(true);
        // For what it names, and for nothing else that is wrong with the body.
        const fields: string[] = (status === 400 ? (JSON.parse(text).errors ?? []) : []).map(
          ({ field: at }: Answer) => at,
        );
        expect(
          fields.filter((one) => !one.startsWith(`body.${field}`)),
          `${key} ${path.join('.')}: ${text}`,
        ).toEqual([]);
      }
    }
    expect(tried).toBeGreaterThan(35);
    await world.settle();
  });
});
