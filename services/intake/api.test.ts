import { beforeEach, describe, expect, test } from 'vitest';
import { unitIdKey } from '../../shared/directory/units.ts';
import { derivedId } from '../../shared/domain/ids.ts';
import type { Actions } from '../../shared/http/actions-out.ts';
import { accessKey } from '../../shared/people/access.ts';
import { iso, MINUTE } from '../../shared/time/clock.ts';
import { onComplaintProgress } from './on-complaint-progress.ts';

import { desk, SITE } from './testing.ts';

let { ask, kept, contacts, clock, put, pass } = await desk();
beforeEach(async () => {
  ({ ask, kept, contacts, clock, put, pass } = await desk());
});

const leak = { as: 'repair', department: 'engineering', words: 'The tap drips' };
const rude = { as: 'complaint', kind: 'attitude', department: 'engineering', words: 'He shouted' };

test('a whole call in one go: rung, answered, routed as a complaint, a reply promised', async () => {
  const outcome = { as: 'complaint', kind: 'noise', department: 'engineering', words: 'Drilling at night' };
  const promise = { replyBy: iso(clock() + 60 * MINUTE) };
  const made = await ask('li', 'POST ', { channel: 'call', rings: 2, unit: 'unt_1', outcome, promise });
  expect(made).toMatchObject({ http: 201, channel: 'call', inTime: true, takenBy: 'li', day: '2026-05-01' });
  expect(made.complaint).toBe(derivedId('complaint', made.id));
  const names = (await contacts.history(SITE, made.id)).map(({ name }) => name);
  expect(names).toEqual(['contact.received', 'contact.answered', 'contact.routed', 'contact.promised']);

  const sheet = await ask('chen', `GET ${made.id}`);
  expect(sheet).toMatchObject({ http: 200, words: 'Drilling at night', more: false });
  expect(sheet.history).toMatchObject([{}, {}, { data: { words: 'Drilling at night' } }, { data: promise }]);
});

test('a sheet says what whoever reads it may do with the contact, and why not the rest', async () => {
  const { id } = await ask('li', 'POST ', { channel: 'message', answered: false });
  const may = async (who: Parameters<typeof ask>[0]) => {
    const actions = (await ask(who, `GET ${id}`)).actions as unknown as Actions;
    return Object.fromEntries(actions.map(({ do: name, may: isOpen, why }) => [name, isOpen || why]));
  };
  const not = 'contact.not-now';
  expect(await may('li')).toEqual({ answer: true, outcome: not, accept: not, promise: not, reply: not });
  await ask('li', `POST ${id}/answer`);
  expect(await may('wang')).toMatchObject({
    answer: not,
    outcome: true,
    promise: true,
    reply: 'contact.nothing-promised',
  });
  expect((await ask('wang', `POST ${id}/outcome`, leak)).actions).toContainEqual({ do: 'accept', may: true });
  expect(await may('chen')).toMatchObject({ accept: true, promise: 'request.forbidden' });
  expect((await ask('chen', `POST ${id}/promise`, { replyBy: iso(clock() + MINUTE) })).code).toBe('request.forbidden');
});

test('what is kept of a person is given by whoever may know that they raised it: a copy is no way round a concealed case', async () => {
  const grants = {
    keeper: [{ role: 'administrator' }],
    manager: [{ role: 'centre-manager' }],
    both: [{ role: 'centre-manager' }, { role: 'department-head', department: 'security' }],
  };
  for (const [staff, of] of Object.entries(grants)) {
    const at = of.map((grant) => ({ site: SITE, ...grant }));
    await put({ ...accessKey(staff), staff, active: true, language: 'en', grants: at });
  }
  const noise = { as: 'complaint', kind: 'noise', department: 'engineering', words: 'Drilling at night' };
  const open = await ask('li', 'POST ', { channel: 'call', rings: 1, party: 'pty_a', outcome: noise });
  const inConfidence = { ...noise, words: 'My neighbour', confidential: true };
  const concealed = await ask('li', 'POST ', { channel: 'call', rings: 1, party: 'pty_a', outcome: inConfidence });
  expect([open.http, concealed.http]).toEqual([201, 201]);
  const given = async (who: string) => {
    const { status, body } = await kept(who);
    expect(status, who).toBe(200);
    return body.items.map(({ id }: { id: string }) => id).sort();
  };
  expect(await given('manager')).toEqual([open.id, concealed.id].sort());
  for (const who of ['keeper', 'both']) expect(await given(who), who).toEqual([open.id]);
});

test('the same key makes one contact and gives the same answer; another body is refused', async () => {
  const body = { channel: 'call', rings: 1, outcome: { settled: true, note: 'Opening hours' } };
  const first = await ask('li', 'POST ', body, 'same');
  pass(MINUTE);
  expect(await ask('li', 'POST ', body, 'same')).toEqual(first);
  expect((await ask('li', 'POST ', { ...body, rings: 2 }, 'same')).http).toBe(409);
  expect((await contacts.list(SITE, true, 10)).items).toHaveLength(1);
});

test('a refusal stays one, and writes nothing', async () => {
  const body = { channel: 'call', rings: 1, outcome: { ...rude, about: { staff: 'li' } } };
  const refused = await ask('li', 'POST ', body, 'same');
  expect(refused).toMatchObject({ http: 422, code: 'contact.accused' });
  expect(await ask('li', 'POST ', body, 'same')).toEqual(refused);
  expect((await contacts.list(SITE, false, 10)).items).toEqual([]);
});

test('what waits is taken, routed and accepted', async () => {
  const { id } = await ask('li', 'POST ', { channel: 'web', answered: false });
  pass(20 * MINUTE);
  expect(await ask('wang', `POST ${id}/answer`, {})).toMatchObject({ http: 200, takenBy: 'wang', inTime: false });
  expect((await ask('li', `POST ${id}/outcome`, leak)).http).toBe(200);
  expect((await ask('wang', `POST ${id}/accept`, {})).http).toBe(403);
  for (const spokenBy of ['Chen', 'wang', 'director']) {
    expect(await ask('wang', `POST ${id}/accept`, { spokenBy })).toMatchObject({
      http: 400,
      errors: [{ field: 'body.spokenBy', rule: expect.stringContaining('head of engineering') }],
    });
  }
  const accepted = await ask('wang', `POST ${id}/accept`, { spokenBy: 'chen' });
  expect(accepted).toMatchObject({ http: 200, owed: [] });
  expect(await ask('li', `POST ${id}/outcome`, leak)).toMatchObject({ http: 422, code: 'contact.not-now' });
});

describe('whose conduct', () => {
  const call = (who: 'li' | 'wang', unit: string) =>
    ask(who, 'POST ', { channel: 'call', rings: 1, unit, outcome: { settled: true } });
  const complain = (unit?: string, over: object = {}) =>
    ask('wang', 'POST ', { channel: 'call', rings: 1, unit, outcome: { ...rude, about: { staff: 'li' }, ...over } });

  test('counts against their latest contact with the unit that day, else their last that day, else none', async () => {
    expect((await complain('unt_a')).about).toEqual({ staff: 'li' });
    const withUnit = await call('li', 'unt_a');
    pass(MINUTE);
    const last = await call('li', 'unt_b');
    await call('wang', 'unt_a');
    pass(MINUTE);
    expect((await complain('unt_a')).about).toEqual({ staff: 'li', contact: withUnit.id });
    expect((await complain('unt_z')).about).toEqual({ staff: 'li', contact: last.id });
    // Whoever complains anonymously isn't found by the contact it counts against.
    const { id } = await complain('unt_a', { anonymous: true });
    expect((await contacts.head(SITE, id)).state?.about).toEqual({ staff: 'li' });
    const named = await complain('unt_a', { anonymous: true, about: { staff: 'li', contact: withUnit.id } });
    expect(named).toMatchObject({
      http: 400,
      errors: [{ field: 'body.outcome.about' }],
    });
    expect((await complain()).about).toEqual({ staff: 'li', contact: last.id });
    pass(24 * 60 * MINUTE);
    expect((await complain('unt_a')).about).toEqual({ staff: 'li' });
  });

  test('complained of in that very contact, it is that contact; the other agent routes it', async () => {
    const { id } = await ask('li', 'POST ', { channel: 'visit', unit: 'unt_a' });
    await call('li', 'unt_a');
    const outcome = { ...rude, about: { staff: 'li' } };
    expect((await ask('li', `POST ${id}/outcome`, outcome)).code).toBe('contact.accused');
    expect(await ask('wang', `POST ${id}/outcome`, outcome)).toMatchObject({ about: { staff: 'li', contact: id } });
  });

  test('a contact that is named must be there', async () => {
    const about = { staff: 'li', contact: 'con_none' };
    const refused = await ask('wang', 'POST ', { channel: 'call', rings: 1, outcome: { ...rude, about } });
    expect(refused).toMatchObject({ http: 400, errors: [{ field: 'body.outcome.about.contact' }] });
  });
});

describe('who and what is named', () => {
  test.each([
    ['a unit that is not there', { unit: 'unt_nowhere' }, 'body.unit'],
    ["another site's unit", { unit: 'unt_other' }, 'body.unit'],
    ['a party that is not there', { party: 'pty_nobody' }, 'body.party'],
    ["another site's party", { party: 'pty_other' }, 'body.party'],
    ['nobody', { outcome: { ...rude, about: { staff: 'stf_nobody' } } }, 'body.outcome.about.staff'],
    ["another site's staff", { outcome: { ...rude, about: { staff: 'other' } } }, 'body.outcome.about.staff'],
    ['the system', { outcome: { ...rude, about: { staff: 'system:payer' } } }, 'body.outcome.about.staff'],
  ])('%s is refused, and nothing is recorded', async (_, named, field) => {
    const refused = await ask('wang', 'POST ', { channel: 'call', rings: 1, ...named });
    expect(refused).toMatchObject({ http: 400, errors: [{ field }] });
    const [open, finished] = [await contacts.list(SITE, false, 10), await contacts.list(SITE, true, 10)];
    expect([...open.items, ...finished.items]).toEqual([]);
  });

  test('both the unit and the party are named when neither is there', async () => {
    const refused = await ask('li', 'POST ', { channel: 'call', rings: 1, unit: 'unt_x', party: 'pty_x' });
    expect(refused).toMatchObject({ http: 400, errors: [{ field: 'body.unit' }, { field: 'body.party' }] });
  });

  test('routed later, the same holds', async () => {
    const { id } = await ask('li', 'POST ', { channel: 'visit' });
    const refused = await ask('wang', `POST ${id}/outcome`, { ...rude, about: { staff: 'stf_nobody' } });
    expect(refused).toMatchObject({ http: 400, errors: [{ field: 'body.about.staff' }] });
  });

  test('staff of the whole group are', async () => {
    const outcome = { ...rude, about: { staff: 'whole-group' } };
    expect(await ask('wang', 'POST ', { channel: 'visit', outcome })).toMatchObject({ http: 201 });
  });

  test('what was accepted stays so when the unit is withdrawn afterwards: the key gives the same answer', async () => {
    const body = { channel: 'visit', unit: 'unt_1' };
    const made = await ask('li', 'POST ', body, 'same');
    await put({ ...unitIdKey(SITE, 'unt_1'), unit: 'unt_1', sites: [] });
    expect(await ask('li', 'POST ', body, 'same')).toEqual(made);
    expect(await ask('li', 'POST ', body)).toMatchObject({ http: 400 });
  });

  test('a complaint about conduct can be taken without a name; the contact alone says whose it was', async () => {
    const nameless = await ask('wang', 'POST ', { channel: 'call', rings: 1, outcome: rude });
    expect(nameless).toMatchObject({ http: 201, as: 'complaint', kind: 'attitude' });
    expect(nameless).not.toHaveProperty('about');
    const { id } = await ask('li', 'POST ', { channel: 'visit', unit: 'unt_a' });
    const outcome = { ...rude, about: { contact: id } };
    const told = await ask('wang', 'POST ', { channel: 'call', rings: 1, outcome });
    expect(told.about).toEqual({ staff: 'li', contact: id });
    const own = await ask('li', 'POST ', { channel: 'call', rings: 1, outcome });
    expect(own).toMatchObject({ http: 422, code: 'contact.accused' });
  });
});

test.each([
  ['outcome.kind', { ...leak, as: 'complaint' }],
  ['outcome.kind', { ...leak, kind: 'noise' }],
  ['outcome.about', { ...rude, about: {} }],
  ['outcome.about', { ...rude, kind: 'noise', about: { staff: 'li' } }],
  ['outcome.department', { ...leak, department: 'moon' }],
  ['outcome.words', { ...leak, words: ' ' }],
])('an impossible %s is named', async (field, outcome) => {
  const refused = await ask('li', 'POST ', { channel: 'call', rings: 1, outcome });
  expect(refused).toMatchObject({ http: 400, errors: [{ field: `body.${field}` }] });
});

test('a missed call brings nothing else', async () => {
  const missed = await ask('li', 'POST ', { channel: 'call', rings: 8, answered: false });
  expect(missed).toMatchObject({ http: 201, rings: 8, owed: [] });
  expect((await ask('li', 'POST ', { channel: 'call', answered: false, outcome: leak })).http).toBe(400);
});

test('only the desk records; departments never see who complained in confidence', async () => {
  expect((await ask('director', 'POST ', { channel: 'visit' })).http).toBe(403);
  const outcome = { ...leak, as: 'complaint', kind: 'cleaning', confidential: true };
  const { id } = await ask('li', 'POST ', { channel: 'visit', unit: 'unt_a', party: 'pty_a', outcome });
  const seen = await ask('chen', `GET ${id}`);
  expect(JSON.stringify(seen)).not.toMatch(/pty_a|unt_a/);
  expect((await ask('li', `GET ${id}`)).party).toBe('pty_a');
});

test('its complaint accepted, however often and late that is heard, the first asked is relieved once', async () => {
  const outcome = { ...leak, as: 'complaint', kind: 'noise' };
  const { id } = await ask('li', 'POST ', { channel: 'visit', outcome });
  const aggregate = derivedId('complaint', id);
  const at = clock() + MINUTE;
  const data = { contact: id, department: 'engineering', acceptDue: at + MINUTE, opens: [] };
  const event = {
    id: `${aggregate}.3`,
    name: 'complaint.accepted',
    site: SITE,
    aggregate,
    version: 3,
    at,
    by: 'chen',
    data,
  } as const;
  pass(60 * MINUTE);
  await onComplaintProgress.handle(event, { contacts });
  await onComplaintProgress.handle(event, { contacts });
  await onComplaintProgress.handle({ ...event, id: `${aggregate}.5`, version: 5 }, { contacts });
  const events = await contacts.history(SITE, id);
  expect(events.filter(({ name }) => name === 'contact.accepted')).toMatchObject([{ at, by: 'chen' }]);
  expect((await ask('li', `GET ${id}`)).owed).toEqual([]);
  const unknown = { ...event, id: 'x.3', data: { ...data, contact: 'con_unknown' } };
  await expect(onComplaintProgress.handle(unknown, { contacts })).rejects.toThrow('not arrived');
});
