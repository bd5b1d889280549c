import { expect, test } from 'vitest';
import type { Envelope } from '../../shared/domain/events.ts';
import { CATALOGUE } from '../../shared/text/catalogue.ts';
import { HOUR, MINUTE } from '../../shared/time/clock.ts';
import { KINDS, kindWords } from '../complaints/events.ts';
import { type AlertRule, RULES } from '../reporting/events.ts';
import { dutyInWords, letterOf, letterOfDigest, titleOf } from './letter.ts';
import { type Notice, noticeId } from './notice.ts';
import { callOf, mailStateOf, type Noticed, noticed, notificationsFor, sitePositionsFor } from './notifications.ts';

const DUE = Date.parse('2026-05-01T01:30:00Z');
const event = (name: string, data: object, extra: Partial<Envelope> = {}) =>
  ({
    id: 'cmp_1.4',
    name,
    site: 'sit_lake',
    aggregate: 'cmp_1',
    version: 4,
    at: DUE,
    by: 'stf_ann',
    data,
    ...extra,
  }) as Noticed;
const rung = (name: string, data: object = {}) =>
  event(name, { duty: 'accept', due: DUE, rung: 0, to: { role: 'supervisor' }, ...data }, { by: 'system:clock' });
const work = (duty: string, role: string, department?: string) => ({
  opens: [{ duty, position: { role, department }, since: DUE, due: DUE + HOUR, rungs: [], taken: 0 }],
});

test('a miss is heard by the position on the rung, a reminder by whoever has taken it on', () => {
  expect(callOf(rung('complaint.missed', { claimedBy: 'stf_bob' }))).toMatchObject({
    said: { kind: 'missed', duty: 'accept', type: 'complaint', about: 'cmp_1' },
    to: { role: 'supervisor' },
    only: undefined,
  });
  expect(callOf(rung('callback.reminded', { to: { role: 'agent' }, claimedBy: 'stf_bob' }))?.only).toBe('stf_bob');
});

test('an important complaint goes to the site director', () => {
  expect(callOf(event('complaint.marked-important', { reason: {} }))).toMatchObject({
    said: { kind: 'important' },
    to: { role: 'site-director' },
  });
});

test('what was recorded as a head’s word is told to that very head; what a head accepted themselves to nobody', () => {
  for (const name of ['complaint.accepted', 'contact.accepted']) {
    const accepted = { department: 'engineering', ...work('investigate', 'department-head', 'engineering') };
    expect(callOf(event(name, accepted))).toBeUndefined();
    const call = callOf(event(name, { ...accepted, proxyFor: 'stf_chen' }));
    expect(call).toMatchObject({
      said: { kind: 'proxy', duty: 'accept', about: 'cmp_1' },
      to: { role: 'department-head', department: 'engineering' },
      only: 'stf_chen',
    });
    const sitePosition = { site: 'sit_lake', role: 'department-head', department: 'engineering' } as const;
    const chen = { staff: 'stf_chen', language: 'en', email: 'chen@example.com' } as const;
    expect(mailStateOf('proxy', sitePosition, chen)).toBe('due');
  }
});

test('of an alert each hears as it concerns them; a major event interrupts the director, a rise does not mail the supervisor', () => {
  const heard = (rule: string, more: object = {}) => {
    const data = {
      rule,
      day: '2026-05-01',
      of: 'kind',
      value: 'noise',
      departments: [],
      ...work('acknowledge', 'x'),
      ...more,
    };
    const calls = notificationsFor(event('alert.raised', data, { aggregate: 'alr_1' }));
    return calls.map(({ said, to }) => `${to.role}${to.department ?? ''}: ${titleOf(said, { name: '湖滨' }, 'en')}`);
  };
  expect(heard('major')).toEqual(
    ['site-director', 'centre-manager'].map(
      (who) => `${who}: [湖滨] Major event: as many complaints of the same in a day as make it a major event (noise)`,
    ),
  );
  expect(heard('rise', { of: 'building', value: '2幢' })).toEqual([
    'centre-manager: [湖滨] Alert: an unusual rise of complaints (2幢)',
    'supervisor: [湖滨] For you: an unusual rise of complaints (2幢)',
  ]);
  expect(heard('at-risk', { of: 'measure', value: 'Q3', departments: ['engineering'] })).toEqual(
    ['supervisor', 'department-headengineering'].map(
      (who) => `${who}: [湖滨] Alert: Complaint callback rate is about to miss its target`,
    ),
  );
  const director = { site: 'sit_lake', role: 'site-director' as const };
  const mailed = (['major', 'alert'] as const).map((kind) =>
    mailStateOf(kind, director, { staff: 'd', language: 'en', email: 'd@example.com' }),
  );
  expect(mailed).toEqual(['due', 'digest']);
});

test('of an alert of any rule somebody hears, in words of its own; nobody is told in silence of one that nobody was named for', () => {
  const raised = (rule: string) =>
    event('alert.raised', { rule, day: '2026-05-01', of: 'kind', value: 'noise', departments: [], opens: [] });
  const words = RULES.flatMap((rule) => {
    const [first] = notificationsFor(raised(rule));
    return (['zh-CN', 'en'] as const).map((language) => first && dutyInWords(first.said, {}, language));
  });
  expect(words.filter((one) => one === undefined || RULES.includes(one as AlertRule))).toEqual([]);
  expect(new Set(words).size).toBe(2 * RULES.length);
  expect(() => notificationsFor(raised('flood'))).toThrow('flood');
});

test('what a complaint is about is called alike in mails and reports, and every kind has a name', () => {
  expect(KINDS.map(kindWords)).toEqual(KINDS.map((kind) => `kind.${kind}`));
  expect(kindWords('2幢')).toBeUndefined();
  const named = Object.keys(CATALOGUE).filter((key) => key.endsWith('.slowness'));
  expect(named).toEqual(['kind.slowness']);
});

test('work handed to a head or manager is told; what goes to a list everybody works from is not', () => {
  expect(callOf(event('complaint.assigned', work('accept', 'department-head', 'engineering')))).toMatchObject({
    said: { kind: 'handed', duty: 'accept', due: DUE + HOUR },
    to: { role: 'department-head', department: 'engineering' },
    except: 'stf_ann',
  });
  expect(callOf(event('contact.routed', work('first-asked', 'agent')))).toBeUndefined();
  expect(callOf(event('callback.reached', { opens: [] }))).toBeUndefined();
});

test('what is owed by a position above, since whom it is about alone holds the usual one, is told there', () => {
  for (const [name, duty, role] of [
    ['complaint.registered', 'judge', 'centre-manager'],
    ['complaint.registered', 'judge', 'site-director'],
    ['complaint.assigned', 'accept', 'supervisor'],
    ['callback.reached', 'opinions', 'centre-manager'],
  ] as const) {
    expect(callOf(event(name, { about: {}, ...work(duty, role) })), name).toMatchObject({
      said: { kind: 'handed', duty },
      to: { role },
    });
  }
  expect(callOf(event('complaint.registered', { about: {}, ...work('judge', 'supervisor') }))).toBeUndefined();
});

test('every rung of contacts, complaints and callbacks is listened to', () => {
  const names = noticed.map(({ name }) => name);
  for (const type of ['contact', 'complaint', 'callback'])
    for (const kind of ['reminded', 'missed', 'escalated']) expect(names).toContain(`${type}.${kind}`);
});

test('a vacant position passes it up, in the end to the group', () => {
  const sitePositions = sitePositionsFor('sit_lake', { role: 'department-head', department: 'security' });
  expect(sitePositions.slice(0, 3)).toEqual([
    { site: 'sit_lake', role: 'department-head', department: 'security' },
    { site: '*', role: 'department-head', department: 'security' },
    { site: 'sit_lake', role: 'supervisor' },
  ]);
  expect(sitePositions.filter(({ site }) => site === '*').map(({ role }) => role)).toEqual([
    'department-head',
    'supervisor',
    'centre-manager',
    'site-director',
    'group-manager',
    'administrator',
  ]);
});

test('only what is important interrupts a director; handed work is never mailed', () => {
  const director = { site: 'sit_lake', role: 'site-director' } as const;
  const holder = { staff: 'stf_dir', language: 'en', email: 'dir@example.com' } as const;
  expect(mailStateOf('escalated', director, holder)).toBe('digest');
  expect(mailStateOf('important', director, holder)).toBe('due');
  expect(mailStateOf('missed', { ...director, role: 'supervisor' }, holder)).toBe('due');
  expect(mailStateOf('handed', { ...director, role: 'department-head' }, holder)).toBe('none');
  expect(mailStateOf('important', director, { staff: 'stf_dir', language: 'en' })).toBe('no-address');
});

test('an id follows from event and person, and sorts by the moment of the event', () => {
  const of = (id: string, at: number, staff: string) => noticeId({ id, at }, staff);
  expect(of('cmp_1.4', DUE, 'stf_a')).toBe(of('cmp_1.4', DUE, 'stf_a'));
  expect(of('cmp_1.4', DUE, 'stf_a')).not.toBe(of('cmp_1.4', DUE, 'stf_b'));
  expect(of('cmp_1.4', DUE, 'stf_a')).not.toBe(of('cmp_1.5', DUE, 'stf_a'));
  expect(of('cmp_9.9', DUE, 'stf_z') < of('cmp_1.4', DUE + 1, 'stf_a')).toBe(true);
});

const SITE = { name: '湖滨<花园>', timeZone: 'Asia/Shanghai' };
const notice: Notice = {
  id: 'ntc_1',
  staff: 'stf_bob',
  sitePosition: { site: 'sit_lake', role: 'centre-manager' },
  vacant: { role: 'supervisor' },
  kind: 'missed',
  site: 'sit_lake',
  type: 'callback',
  about: 'cbk_1-1',
  number: 'HF20260501-004',
  unit: 'unt_1',
  duty: 'call',
  due: DUE,
  at: DUE + 25 * HOUR + 5 * MINUTE + 999,
  mail: 'due',
};

test('a mail says what is owed, of which case, where, by when in the site’s time, how late, and why to you', () => {
  const zh = letterOf(notice, SITE, 'zh-CN', new Map([['unt_1', '8幢101室']]));
  expect(zh.subject).toBe('【湖滨<花园>】已逾期：回访业户（HF0501-004 8幢101室）');
  expect(zh.text).not.toContain('cbk_');
  for (const words of ['2026-05-01 09:30（Asia/Shanghai）', '25 小时 5 分钟', '客服主管', '请督促'])
    expect(zh.text).toContain(words);
  const en = letterOf(notice, SITE, 'en');
  expect(en.subject).toBe('[湖滨<花园>] Overdue: call the owner back (HF0501-004)');
  for (const words of ['2026-05-01 09:30 (Asia/Shanghai)', '25 h 5 min', 'position of supervisor'])
    expect(en.text).toContain(words);
  expect(en.html).toContain('湖滨&lt;花园&gt;');
  expect(en.html).not.toContain('<花园>');
});

test('what is not late does not claim to be, and a name cannot break the subject line', () => {
  const soon = letterOf({ ...notice, kind: 'reminded', at: DUE - HOUR }, { ...SITE, name: 'Lake\r\nBcc: x' }, 'en');
  expect(soon.text).not.toContain('Late by');
  expect(soon.subject).toBe('[Lake Bcc: x] Due soon: call the owner back (HF0501-004)');
});

test('a digest counts everything and names the first of it', () => {
  const { text, subject } = letterOfDigest(
    {
      site: 'sit_lake',
      day: '2026-05-02',
      staff: 'stf_dir',
      sitePosition: { site: 'sit_lake', role: 'site-director' },
      total: 3,
      kinds: { missed: 1, escalated: 2 },
      listed: [
        notice,
        { ...notice, kind: 'escalated', about: 'cmp_7', number: 'TS20260501-007', type: 'complaint', duty: 'close' },
      ],
      mail: 'due',
    },
    { ...SITE, name: 'Lakeside' },
    'en',
    new Map([['unt_1', '8幢101室']]),
  );
  expect(subject).toBe('[Lakeside] Daily digest 2026-05-02 (3)');
  for (const words of ['Overdue: 1', 'Still overdue: 2', 'HF0501-004 8幢101室', 'TS0501-007', '1 more'])
    expect(text).toContain(words);
});
