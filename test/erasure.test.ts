import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../local/client.ts';
import { isOf } from '../shared/people/personal.ts';
import { exported } from './support/exported.ts';
import { chargesByArea, entersUnit } from './support/homes.ts';
import { fresh } from './support/keys.ts';
import type { Site } from './support/site.ts';
import { everything, type Item, restores } from './support/tables.ts';
import { HOUR, MINUTE, startWorld, type World } from './support/world.ts';

const DAY = 24 * HOUR;

/** What a person said, recognisably: each mark is of another place. */
const marks: Record<string, string> = {};
const said = (where: string): string => {
  marks[where] = `ZQ${Object.keys(marks).length}X`;
  return `${marks[where]} ${where}`;
};
const NAME = said('name');
const [OLD_PHONE, PHONE] = ['13900007654', '13900001234'];
const [OLD_MAIL, MAIL] = ['zq-before@home.example.com', 'zq-owner@home.example.com'];
/** As they are kept, and as people read them. */
const NUMBERS = [OLD_PHONE, PHONE].flatMap((n) => [n, `${n.slice(0, 3)} ${n.slice(3, 7)} ${n.slice(7)}`]);
const WORDS = () => [...Object.values(marks), ...NUMBERS, OLD_MAIL, MAIL];
/** What belongs to the books is kept, restricted to storage. */
const BY_LAW = () => [marks.reference as string];

describe('a person is erased (PIPL art. 47)', () => {
  let world: World;
  let site: Site;
  let party: string;
  let unit: string;
  let erasure: string;
  /** Every table as it was before anything was erased. */
  let before: Record<string, Item>;

  beforeAll(async () => {
    world = await startWorld();
    site = world.lakeside;
    await saysEverything();
  });
  afterAll(() => world?.stop());

  const admin = () => world.as('admin');
  const S = '/sites/lakeside';

  const saysEverything = async () => {
    unit = await entersUnit(world, '1幢', '101');
    await chargesByArea(world);
    const sheet = `楼栋,房号,姓名,电话,邮箱,关系,缴费人,同意\n1幢,101,${NAME},${OLD_PHONE},${OLD_MAIL},业主,是,是\n`;
    const content = Buffer.from(sheet).toString('base64');
    const importing = { kind: 'parties', dryRun: false, content };
    expect(await (await admin()).post(`${S}/imports`, importing, fresh())).toMatchObject({ accepted: 1 });
    party = (await (await admin()).get(`${S}/parties`)).items[0].id;
    // A corrected number and address.
    const contacts = [
      { way: 'phone', value: PHONE, consent: true },
      { way: 'email', value: MAIL, purposes: ['fees', 'service'], consent: true },
    ];
    await (await admin()).put(`${S}/parties/${party}`, { name: NAME, contacts }, fresh());
    // What is said to the desk: settled, handed on with a promise, and a complaint through the whole loop.
    await site.takesCall({ party, unit, outcome: { settled: true, note: said('a note of the desk') } });
    const repair = { as: 'repair', department: 'engineering', words: said('a wish for a repair') };
    const replyBy = new Date(world.cloud.clock.now() + HOUR).toISOString();
    const { id } = await site.takesCall({ party, outcome: repair, promise: { replyBy } });
    await site.onContact(id, 'accept', { spokenBy: world.staff('lakeside-engineering') });
    await site.onContact(id, 'reply', { words: said('a reply') });
    const outcome = { as: 'complaint', kind: 'noise', department: 'engineering', words: said('a complaint') };
    const { complaint } = await site.takesCall({ party, unit, outcome });
    await site.judges(complaint);
    await site.accepts(complaint);
    await site.investigates(complaint, { findings: said('findings') });
    await site.resolves(complaint);
    const heard = { number: PHONE, spokeWith: said('who spoke'), opinions: [said('an opinion')], rating: 5 };
    await site.callsBack(complaint, heard);
    await site.onCallback(complaint, 'opinions/answer', { item: 0, answer: said('an answer') }, 'engineering');
    await site.onCallback(complaint, 'opinions/sign', { item: 0 }, 'engineering');
    await site.signs(complaint);
    expect((await site.complaint(complaint)).status).toBe('closed');
    // Fees: a notice that is questioned through its link, a reminder, a payment with its receipt.
    const manager = await world.as('lakeside-manager');
    await manager.post(`${S}/runs`, { period: '2026-03' }, fresh());
    await world.passes(5 * MINUTE);
    const [mail] = (await world.cloud.mail()).filter(({ to }) => to.includes(MAIL));
    const link = /https?:\S+\/n\/[A-Za-z0-9_-]{22}/.exec(mail?.text ?? '')?.[0] ?? '';
    const page = await (await fetch(link)).text();
    const [, action = ''] = /action="([^"]+)"/.exec(page) ?? [];
    const [, key = ''] = /name="key" value="([^"]+)"/.exec(page) ?? [];
    const form = new URLSearchParams({ key, words: said('a question to a letter') });
    expect((await fetch(new URL(action.replaceAll('&amp;', '&'), link), { method: 'POST', body: form })).status).toBe(
      200,
    );
    await world.settle();
    const { items } = await site.get('contacts?limit=100', 'agent-1');
    const asked = items.find(({ letter }: Answer) => letter !== undefined);
    await site.onContact(asked.id, 'answer', {});
    await site.onContact(asked.id, 'outcome', { settled: true });
    const overdue = [{ period: '2025', dueDay: '2026-03-01', fen: 10_000 }];
    const { id: account } = await manager.post(`${S}/arrears`, { unit, party, bills: overdue }, fresh());
    await world.passes(DAY);
    const agent = await world.as('lakeside-agent-1');
    const { openFen } = await agent.get(`${S}/accounts/${account}`);
    const pays = { fen: openFen, method: 'transfer', reference: said('reference') };
    await agent.post(`${S}/accounts/${account}/payments`, pays, fresh());
    await world.settle();
    const receipt = (await agent.get(`${S}/receipts?limit=10`)).items[0].serial;
    expect(await agent.get(`${S}/receipts/${receipt}/pdf`)).toMatch(/^%PDF-/);
    await agent.get(`${S}/units/${unit}/statement/pdf?from=2026-01-01&to=2026-03-03`);
  };

  const ask = async (by: string, path: string, body: object = {}) => {
    const answer = await (await world.as(`lakeside-${by}`)).post(`${S}/erasures${path}`, body, fresh());
    await world.settle();
    return answer;
  };
  const told = async (): Promise<Answer> => (await world.as('lakeside-director')).get(`${S}/erasures/${erasure}`);
  const service = ({ services }: Answer, name: string) => services.find((one: Answer) => one.service === name);

  /** Where in all that there is a word of theirs stands. */
  const found = async (): Promise<Record<string, string[]>> => {
    const places: Record<string, string[]> = {};
    const look = (where: string, text: string) => {
      for (const word of WORDS()) {
        if (text.includes(word)) places[word] = [...(places[word] ?? []), where];
      }
    };
    for (const [where, item] of Object.entries(await everything(world.cloud))) look(where, JSON.stringify(item));
    for (const { name } of world.cloud.deployment.buckets) {
      const folder = world.cloud.objectsIn(name);
      for (const file of globSync('**/*', { cwd: folder, withFileTypes: true }).filter((one) => one.isFile())) {
        const bytes = readFileSync(join(file.parentPath, file.name));
        look(`${name}/${file.name}`, (file.name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
      }
    }
    for (const { line } of world.cloud.logs()) look('a log', line);
    for (const { queue, messages } of world.cloud.deadLetters()) look(queue, JSON.stringify(messages));
    return places;
  };

  it('said everything, and all of it is kept in the one table where it can be erased; a corrected number is gone', async () => {
    await exported(world);
    const places = await found();
    const gone = [OLD_MAIL, ...NUMBERS.slice(0, 2)];
    expect(Object.keys(places).sort()).toEqual(
      WORDS()
        .filter((word) => !gone.includes(word))
        .sort(),
    );
    expect(
      Object.values(places)
        .flat()
        .filter((where) => !where.startsWith('Personal ')),
    ).toEqual([]);
    before = await everything(world.cloud);
    const endless = Object.entries(before).filter(
      ([where, { expires }]) => where.startsWith('Personal ') && expires === undefined,
    );
    expect([...new Set(endless.map(([, { kind }]) => kind))].sort()).toEqual(['email', 'name', 'phone']);
    for (const [where, { hash, salt, value }] of Object.entries(before)) {
      if (where.startsWith('Personal '))
        expect(isOf({ ref: '', hash: String(hash) }, { salt: String(salt), value: String(value) })).toBe(true);
    }
  });

  it('is given all that is kept of them, as JSON and as a file, by those who answer for it, and that is recorded', async () => {
    const manager = await world.as('lakeside-manager');
    const kept = async (what: string, by = manager) => by.get(`${S}/parties/${party}/kept/${what}`);
    const all = JSON.stringify(
      await Promise.all(['registry', 'intake', 'complaints', 'callbacks', 'billing'].map((one) => kept(one))),
    );
    const gone = [OLD_MAIL, ...NUMBERS];
    expect(WORDS().filter((word) => !all.includes(word) && !gone.includes(word))).toEqual([]);
    expect(all).toContain(NUMBERS[3]);
    expect(all).toContain(unit);
    expect(all).not.toMatch(/"hash"|"salt"/);
    const sheet = await manager.get<string>(`${S}/parties/${party}/kept/complaints?format=csv`);
    expect(sheet).toContain(marks['a complaint']);
    const reads = world.cloud.logs().filter(({ line }) => line.includes('HY-PER-1') && line.includes('kept/callbacks'));
    expect(reads.map(({ line }) => JSON.parse(line).staff)).toEqual([world.staff('lakeside-manager')]);
    for (const who of ['agent-1', 'supervisor', 'engineering']) {
      await expect(kept('intake', await world.as(`lakeside-${who}`)), who).rejects.toThrow(/403/);
    }
    await expect(kept('intake?after=made-up')).rejects.toThrow(/400.*query\.after/);
  });

  it('is asked for by one and confirmed by another, of those who answer for it', async () => {
    const reason = said('why they ask');
    await expect(ask('agent-1', '', { party, reason })).rejects.toThrow(/403/);
    await expect(ask('engineering', '', { party, reason })).rejects.toThrow(/403/);
    erasure = (await ask('manager', '', { party, reason })).id;
    await expect(ask('manager', `/${erasure}/confirm`)).rejects.toThrow(/second-person/);
    await expect((await world.as('westgate-director')).get(`${S}/erasures/${erasure}`)).rejects.toThrow(/403/);
    expect(await told()).toMatchObject({ status: 'asked', owed: [{ duty: 'erase' }] });
    expect(service(await told(), 'intake')).toMatchObject({ done: false });
    await ask('director', `/${erasure}/confirm`);
  });

  it('waits for what isn’t finished and says for what: who holds a unit keeps a name', async () => {
    await world.passes(DAY);
    const state = await told();
    expect(['confirmed', 'cleared']).toContain(state.status);
    expect(service(state, 'complaints')).toMatchObject({
      done: true,
      left: [{ what: 'case' }],
    });
    await world.passes(DAY);
    const held = await told();
    expect(held.services.filter(({ done }: Answer) => !done).map((one: Answer) => one.service)).toEqual(['registry']);
    expect(service(held, 'registry')).toMatchObject({ waiting: [{ what: 'unit', cases: 1 }] });
    expect(Object.keys(await found()).sort()).toEqual(
      [marks.name, marks.reference, PHONE, NUMBERS[3], MAIL, marks['why they ask']].sort(),
    );
    // What was paid for days to come is theirs: billing waits, and the name with it, until it is paid back.
    await (await admin()).post(`${S}/units/${unit}/parties/${party}/end`, {}, fresh());
    await world.passes(DAY);
    const manager = await world.as('lakeside-manager');
    const [account] = (await manager.get(`${S}/accounts?state=finished`)).items;
    expect(service(await told(), 'billing')).toMatchObject({ waiting: [{ what: 'account', cases: 1 }] });
    expect((await told()).status).toBe('confirmed');
    const back = { fen: account.creditFen, method: 'transfer', reason: 'They sold.' };
    await manager.post(`${S}/accounts/${account.id}/refunds`, back, fresh());
    await world.passes(DAY);
  });

  it('leaves not a word in any table, bucket, queue or log but what a law has kept, and says what and until when', async () => {
    const state = await told();
    expect(state).toMatchObject({ status: 'finished', owed: [] });
    expect(state.services.every(({ done }: Answer) => done)).toBe(true);
    expect(service(state, 'billing').left).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ what: 'account', law: 'books', cases: 1 }),
        expect.objectContaining({ what: 'letter', law: 'evidence' }),
      ]),
    );
    expect(
      Date.parse(service(state, 'billing').left.find(({ what }: Answer) => what === 'account').until),
    ).toBeGreaterThan(world.cloud.clock.now() + 29 * 365 * DAY);
    await exported(world);
    // The name and the address that stood on a reminder prove that it arrived.
    expect(Object.keys(await found()).sort()).toEqual([...BY_LAW(), marks.name, MAIL].sort());
    // What is kept for a law nobody reads in the daily work.
    const view = await (await admin()).get(`${S}/parties/${party}`);
    expect(view).toMatchObject({ name: null, contacts: [], erased: {} });
    const { items } = await (await world.as('lakeside-agent-1')).get(`${S}/accounts?state=finished`);
    const sheet = await (await world.as('lakeside-agent-1')).get(`${S}/accounts/${items[0].id}`);
    expect(WORDS().filter((word) => JSON.stringify(sheet).includes(word))).toEqual([]);
  });

  it('stays erased when tables are restored to before: the list is played before anybody reads', async () => {
    await restores(world.cloud, before, ['Rights']);
    const back = Object.keys(await found());
    expect(back).toEqual(expect.arrayContaining([marks['a complaint'], PHONE, MAIL]));
    await world.cloud.invoke('HuiyinRights/Replay/Function', {});
    await world.settle();
    await world.passes(DAY);
    expect(Object.keys(await found()).sort()).toEqual([...BY_LAW(), marks.name, MAIL].sort());
    // At that moment they held the unit still: that they don't any more has to be entered again, and the registry waits for it.
    const again = await told();
    expect(again.services.filter(({ done }: Answer) => !done)).toMatchObject([
      { service: 'registry', waiting: [{ what: 'unit', cases: 1 }] },
    ]);
    expect(again.owed).toMatchObject([{ duty: 'erase' }]);
    expect(world.cloud.deadLetters()).toEqual([]);
  });
});
