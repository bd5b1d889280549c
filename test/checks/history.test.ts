import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type * as z from 'zod';
import type { Envelope, EventDef } from '../../shared/domain/events.ts';
import { historyView, refsIn } from '../../shared/http/history.ts';
import { CATALOGUE, type Language, type Message } from '../../shared/text/catalogue.ts';
import type { HistoryReader } from '../../shared/text/history/entry.ts';
import { historySentence, isTold } from '../../shared/text/history/sentence.ts';
import { allWithin, defOf } from './schemas.ts';
import { findServices } from './services.ts';

const EVENTS = (await findServices()).flatMap(({ events }) => events);
const SITE = 'lakeside';
/** 30 November 2026, 14:05 in Shanghai. */
const NOW = Date.UTC(2026, 10, 30, 6, 5);

const ID = '01jx8c3v5n9q2w7e4r6t8y0u1i';
const STAFF = `stf_${ID}`;
const BILLS = [
  'management/2026-11',
  'arrears/2025-Q4',
  `service/2026-11-03.slp_${ID}`,
  'parking/2026',
  'management/2026-11+1',
];

const WORDS = { 'zh-CN': '水管漏水', en: 'The pipe leaks' };
const reader = (language: Language, known = true): HistoryReader => {
  const of = (id: string, zh: string, en: string): Record<string, string> =>
    known ? { [id]: language === 'en' ? en : zh } : {};
  return {
    language,
    zone: 'Asia/Shanghai',
    names: {
      staff: of(STAFF, '李娜', 'Li Na'),
      parties: of(`pty_${ID}`, '张三', 'Zhang San'),
      units: of(`unt_${ID}`, '1幢401室', '1-401'),
      departments: of('engineering', '工程部', 'Engineering'),
      feeItems: { ...of('management', '物业费', 'Management fee'), ...of('parking', '停车费', 'Parking') },
    },
  };
};

/** What a field of plain text holds, by the name of it; anything else is an id. */
const STRINGS: [RegExp, readonly string[]][] = [
  [
    /(takenBy|receivedBy|registeredBy|calledBy|askedBy|proxyFor|doubtedBy|accused|claimedBy|notBy|staff|took|stands-in\.for|stood-in\.for)$/,
    [STAFF],
  ],
  [/^(unit\.party-|party\.).*\.from$|(party|parties|into)$/, [`pty_${ID}`]],
  [/(\.unit|\.units)$/, [`unt_${ID}`]],
  [/departments?(\.id)?$/, ['engineering']],
  [/\.(item|code)$/, ['management', 'parking']],
  [/(bill|bills|designated)$/, BILLS],
  [/\.(period|month)$/, ['2026-11', '2025']],
  [/(day|Day|[oO]n|from|to|until|since|through|Through|effective|clock)$/, ['2026-11-03', '2025-12-31']],
  [/\.serial$/, ['2026-000345']],
  [/\.number$/, ['401', '26117000000123456']],
  [/(building|buildings|first|last|entrance|floor|phase)$/, ['1', '12']],
  [/\.bank$/, ['ICBC']],
  [/^account\.called\.outcome$/, ['no-answer', 'wrong-number']],
  [
    /\.outcome$/,
    ['lawyer-letter', 'agreement', 'wait', 'reached', 'no-answer', 'refused', 'wrong-number', 'met', 'not-met'],
  ],
  [/\.rate$/, ['2.85']],
];
const INSTANT = /(^|\.)(at|due|again|until|effective|wake|since)$|(Due|At|By|Promise)$/;

const textOf = (path: string, language: Language): fc.Arbitrary<string> => {
  if (/^(group|site)\..*name(s\.(zh|en))?$/.test(path)) return fc.constant(WORDS[language]);
  if (path === 'contact.routed.kind') return fc.constantFrom('noise', 'attitude');
  if (/\.duty$/.test(path)) return fc.constantFrom(...dutiesOf(path));
  const found = STRINGS.find(([name]) => name.test(path));
  return fc.constantFrom(...(found ? found[1] : [`cmp_${ID}`]));
};
const dutiesOf = (path: string): string[] => {
  const list = `duty.${path.slice(0, path.indexOf('.'))}.`;
  const own = Object.keys(CATALOGUE).filter(
    (key) => key.startsWith(list) && !JSON.stringify(CATALOGUE[key as 'yes']).includes('{'),
  );
  return ['no-words-yet', ...own.map((key) => key.slice(list.length))];
};

/** What an alert is about is said as its kind asks. */
const withSubject = (data: object): object => ({
  ...data,
  value: { kind: 'noise', building: '1', measure: 'Q3' }[(data as { of: string }).of],
});

let refs = 0;
const isRef = (shape: object): boolean => Object.keys(shape).sort().join() === 'hash,ref';

/** Data of an event, by its schema. */
const dataOf = (schema: z.ZodType, path: string, language: Language): fc.Arbitrary<unknown> => {
  const def = defOf(schema);
  const inner = (one: unknown, at = path) => dataOf(one as z.ZodType, at, language);
  switch (def.type) {
    case 'object': {
      const shape = def.shape as Record<string, z.ZodType>;
      if (isRef(shape)) return fc.boolean().map(() => ({ ref: `txt_${refs++}`, hash: 'f3a9' }));
      const fields = Object.entries(shape).map(([field, one]) => [field, inner(one, `${path}.${field}`)] as const);
      const optional = (one: z.ZodType) => defOf(one).type === 'optional';
      const needed = Object.entries(shape).flatMap(([field, one]) => (optional(one) ? [] : [field]));
      const made: fc.Arbitrary<object> = fc.record(Object.fromEntries(fields), { requiredKeys: needed as never[] });
      return path === 'alert.raised' ? made.map(withSubject) : made;
    }
    case 'optional':
    case 'default':
      return inner(def.innerType);
    case 'nullable':
      return fc.option(inner(def.innerType));
    case 'array':
      return fc.array(inner(def.element), { maxLength: 2 });
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries as Record<string, string>));
    case 'literal':
      return fc.constantFrom(...(def.values as unknown[]));
    case 'boolean':
      return fc.boolean();
    case 'union':
      return fc.oneof(...(def.options as z.ZodType[]).map((one) => inner(one)));
    case 'record':
      return fc.constant({});
    case 'string':
      return textOf(path, language);
    case 'number':
      if (INSTANT.test(path)) return fc.constantFrom(NOW, Date.UTC(2026, 10, 30, 16), Date.UTC(2025, 11, 31, 16));
      if (/rating$/.test(path)) return fc.integer({ min: 1, max: 5 });
      return /[fF]en$/.test(path) ? fc.integer({ min: -99_999, max: 9_999_999 }) : fc.nat(300);
    default:
      throw new Error(`${path}: no example of ${def.type}`);
  }
};

const HIDDEN = ['party', 'unit', 'number', 'spokeWith', 'contact', 'about.contact', 'contact.replied.words'];
/** What becomes of it: read by somebody who may see all, or not; with its texts, or after they were erased. */
const seen = fc.record({
  hides: fc.boolean(),
  erased: fc.boolean(),
  known: fc.boolean(),
  owedBy: fc.constantFrom(undefined, '2026-11-30T16:00:00.000Z'),
  by: fc.constantFrom(STAFF, 'system:clock', 'system:payer', 'system:admin'),
});

type How = typeof seen extends fc.Arbitrary<infer T> ? T : never;

const sentenceOf = (event: EventDef, data: unknown, language: Language, how: How): string => {
  const envelope: Envelope = {
    id: 'x.1',
    name: event.name,
    site: SITE,
    aggregate: 'x',
    version: 1,
    at: NOW,
    by: how.by,
    cause: 'test',
    data,
  };
  const texts = new Map(how.erased ? [] : refsIn([envelope]).map(({ ref }) => [ref, WORDS[language]]));
  const [entry] = historyView([envelope], texts, how.hides ? HIDDEN : []);
  if (!entry) throw new Error('no entry');
  const owed = how.owedBy === undefined ? {} : { owedBy: how.owedBy };
  return historySentence({ ...entry, ...owed, nth: 2 }, reader(language, how.known));
};

/** Values of closed lists that no word of a language is. */
const codesIn = (schema: z.ZodType): string[] =>
  [...allWithin(schema)].flatMap((one) => {
    const { type, entries } = defOf(one);
    return type === 'enum' ? Object.values(entries as Record<string, string>).filter((code) => /-/.test(code)) : [];
  });

const NEVER =
  /undefined|null|NaN|\[object|[{}[\]]|\b[a-z]{3}_[0-9a-z]|\d{4}-\d\d-\d\d|T\d\d:\d\d|system:|\b\d{13}\b|^$|[：，（]$|[:,(]$|（）|\(\)| {2}|，，|、$/;

const faultOf = (said: string, event: EventDef, language: Language, how: How): string | undefined => {
  const own = said.replaceAll(WORDS[language], '');
  if (NEVER.test(said)) return 'is no sentence';
  if (own.includes(event.name)) return 'names its event';
  // What isn't known by name is; what then is unknown is a value that no list of words has.
  if (how.known && /（不详）|\(unknown\)/.test(own)) return 'lacks a word';
  const code = codesIn(event.data).find((one) => own.includes(one));
  if (code !== undefined && !Object.values<Message>(CATALOGUE).some(({ en }) => en === code)) return `says ${code}`;
  if (language === 'zh-CN' && /[a-z]{2}/.test(own)) return 'is not in Chinese';
  if (language === 'en' && /\p{Script=Han}/u.test(own.replace(/[幢单元层室]/g, ''))) return 'is not in English';
  if (own.length > (language === 'en' ? 200 : 120)) return `is ${own.length} long`;
  return undefined;
};

test('every event that is declared has a sentence', () => {
  expect(EVENTS.filter(({ name }) => !isTold(name)).map(({ name }) => name)).toEqual([]);
});

for (const language of ['zh-CN', 'en'] as const) {
  test(`whatever an event says, its sentence may be read aloud (${language})`, () => {
    const faults = EVENTS.flatMap((event) => {
      const found = fc.check(
        fc.property(dataOf(event.data, event.name, language), seen, (data, how) => {
          const said = sentenceOf(event, data, language, how);
          const fault = faultOf(said, event, language, how);
          if (fault !== undefined) throw new Error(`${event.name} ${fault}: ${said}`);
        }),
        { numRuns: 60 },
      );
      return found.failed ? [String((found.errorInstance as Error).message)] : [];
    });
    expect(faults).toEqual([]);
  });
}
