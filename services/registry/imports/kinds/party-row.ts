import type { ShownText } from '../../../../shared/people/personal.ts';
import type { Language } from '../../../../shared/text/catalogue.ts';
import type { Day } from '../../../../shared/time/clock.ts';
import { keptPhone } from '../../../../shared/values/phone.ts';
import type { RELATIONS } from '../../events.ts';
import type { PartyFacts } from '../../party.ts';
import { email } from '../../routes/party-parts.ts';
import { as, day, fault, isNone, language, oneOf, several, text, yesNo } from '../cells.ts';
import type { ImportColumns } from '../columns.ts';
import type { ReadRow } from '../importer.ts';
import { type PlaceCells, placeColumns } from '../places.ts';

export interface PartyRow extends PlaceCells {
  name: string;
  phone: ShownText[];
  email: string[];
  relation: (typeof RELATIONS)[number];
  payer: boolean;
  since: Day | undefined;
  language: Language | undefined;
  /** Absent: nothing is said, and none given. */
  consent: boolean | undefined;
}

/** What the desk keeps of people is for the service and its fees. */
const purposes: PartyFacts['contacts'][number]['purposes'] = ['service', 'fees'];

/** Each once, in one order: two columns may hold one number. */
const each = <T>(all: readonly T[], nameOf: (one: T) => string): T[] =>
  [...new Map(all.map((one) => [nameOf(one), one])).values()].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));

export const factsOf = ({ name, phone, email: addresses, language, consent = false }: PartyRow): PartyFacts => ({
  name,
  language,
  contacts: [
    ...each(phone, ({ value }) => value).map((number) => ({ way: 'phone' as const, ...number, purposes, consent })),
    ...each(addresses, (value) => value).map((value) => ({ way: 'email' as const, value, purposes, consent })),
  ],
});

/** Any of them, or several side by side; numbered, too (电话1, 电话2). */
const PHONES = [
  '电话',
  '手机',
  '手机号',
  '手机号码',
  '联系电话',
  '联系方式',
  '固定电话',
  '座机',
  '备用电话',
  '电话号码',
  'mobile',
  'mobilephone',
  'mobileno',
  'mobilenumber',
  'phoneno',
  'phonenumber',
  'telephone',
  'telephoneno',
  'telephonenumber',
  'tel',
  'telno',
  'cell',
  'cellphone',
  'contactno',
  'contactnumber',
  'landline',
];

/** Owners and tenants (业户), each in a unit. */
export const partyColumns: ImportColumns<PartyRow> = {
  ...placeColumns,
  // One home of several owners: their rows may share its cell, which counts nothing.
  number: { ...placeColumns.number, carries: true },
  name: {
    titles: [
      '姓名',
      '业主',
      '业主姓名',
      '业主名称',
      '住户',
      '住户姓名',
      '户主',
      '户主姓名',
      '客户名称',
      'owner',
      'ownername',
      'nameofowner',
      'fullname',
      'resident',
      'residentname',
      'customername',
    ],
    read: (value, cell) =>
      isNone(value) || /^(空置|空房|空关|未售)$/.test(value) ? fault('import.required') : text(100)(value, cell),
  },
  phone: {
    titles: ['', '1', '2', '3'].flatMap((n) => PHONES.map((title) => title + n)),
    read: several((text, _, region) => keptPhone(text, region) ?? fault('import.phone')),
    empty: { value: [] },
    together: (all) => all.flat(),
  },
  email: {
    titles: ['邮箱', '电子邮箱', '电子邮件', '邮箱地址', 'emailaddress', 'mail'],
    read: several(as(email, 'import.email')),
    empty: { value: [] },
    together: (all) => all.flat(),
  },
  relation: {
    titles: [
      '关系',
      '身份',
      '业户类型',
      '客户类型',
      '与业主关系',
      'relationship',
      'relationtounit',
      'residenttype',
      'ownertenant',
      'ownerortenant',
    ],
    telling: true,
    read: oneOf([
      [
        'owner',
        'relation.owner',
        '产权人',
        '户主',
        '房主',
        '本人',
        '业主本人',
        '户主本人',
        'self',
        'landlord',
        'homeowner',
      ],
      ['tenant', 'relation.tenant', '租客', '承租人', '使用人', 'renter', 'lessee'],
    ]),
    empty: { value: 'owner' },
  },
  payer: {
    titles: [
      '缴费人',
      '是否缴费',
      '是否缴费人',
      '交费人',
      '是否交费人',
      '付款人',
      '是否付款人',
      'ispayer',
      'billpayer',
      'feepayer',
      'paysfees',
    ],
    read: yesNo,
    empty: { value: false },
  },
  since: {
    titles: [
      '起始日期',
      '起始日',
      '起始时间',
      '起',
      '自',
      '自何时',
      '自何时起',
      '自何日',
      '自何日起',
      '从何时',
      '从何时起',
      '何时起',
      '始于',
      '开始日期',
      '开始时间',
      '开始日',
      '生效日期',
      '生效时间',
      '生效日',
      '缴费起始日',
      '缴费起始日期',
      '缴费起始时间',
      '缴费开始日期',
      '计费起始日',
      '计费起始日期',
      '计费起始时间',
      '计费开始日期',
      '收费起始日',
      '收费起始日期',
      '收费开始日期',
      '起算日期',
      '起费日期',
      '接房日期',
      '接房时间',
      '收房日期',
      '收房时间',
      '交房日期',
      '交房时间',
      '交付日期',
      '交付时间',
      '入住日期',
      '入住时间',
      '入伙日期',
      '入伙时间',
      '迁入日期',
      '迁入时间',
      '搬入日期',
      '搬入时间',
      '起租日期',
      '起租日',
      '起租时间',
      '租赁开始日期',
      '过户日期',
      '过户时间',
      '接管日期',
      'from',
      'fromdate',
      'start',
      'startdate',
      'startson',
      'moveindate',
      'movedin',
      'effectivedate',
      'effectivefrom',
      'handoverdate',
      'leasestart',
      'leasestartdate',
    ],
    read: day,
    empty: { value: undefined },
  },
  language: { titles: ['语言', 'lang', 'preferredlanguage'], read: language, empty: { value: undefined } },
  consent: {
    titles: ['同意', '是否同意', 'consented', 'consentgiven', 'agreed', 'agrees', 'optin'],
    read: yesNo,
    empty: { value: undefined },
  },
};

/** What somebody is known by on a sheet: their name with each of their contact ways. */
export const thingsOf = (row: PartyRow): string[] =>
  factsOf(row).contacts.map(({ way, value }) => [row.name, way, value].join('\n'));

/**
 * Rows of one person (the name and any one contact way are the same) as one person: whoever has a home on each of several lines is
 * reached in the ways of all of them, and what one of them leaves empty another says.
 */
export const unitedRows = (rows: readonly ReadRow<PartyRow>[]): ReadRow<PartyRow>[] => {
  const groups = new Map<string, Set<ReadRow<PartyRow>>>();
  for (const row of rows) {
    const things = thingsOf(row.value);
    const group = new Set([...things.flatMap((thing) => [...(groups.get(thing) ?? [])]), row]);
    for (const one of group) for (const thing of thingsOf(one.value)) groups.set(thing, group);
  }
  const united = new Map([...new Set(groups.values())].flatMap(asOne));
  return rows.map((row) => united.get(row.line) ?? row);
};
const asOne = (group: ReadonlySet<ReadRow<PartyRow>>): [line: number, row: ReadRow<PartyRow>][] => {
  const all = [...group].map(({ value }) => value);
  const language = all.find((one) => one.language !== undefined)?.language;
  const consent = all.find((one) => one.consent !== undefined)?.consent;
  const phone = all.flatMap((one) => one.phone);
  const email = all.flatMap((one) => one.email);
  return [...group].map(({ line, value }) => {
    // Its own ways first: a fault counts them as they stand in its cells.
    const ways = { phone: [...value.phone, ...phone], email: [...value.email, ...email] };
    const said = { ...ways, language: value.language ?? language, consent: value.consent ?? consent };
    return [line, { line, value: { ...value, ...said } }];
  });
};
