import fc from 'fast-check';
import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, it } from 'vitest';
import { parsePhone, phoneOf, phoneText, type Region, regionOf, showPhone } from './phone.ts';

const read = (text: string, region: Region = 'CN') => {
  const phone = parsePhone(text, region);
  return phone && phoneText(phone);
};

describe('a telephone number', () => {
  it.each([
    '13800000003',
    '138 0000 0003',
    '138-0000-0003',
    '138.0000.0003',
    '+86 13800000003',
    '+8613800000003',
    '8613800000003',
    '86-13800000003',
    '0086-13800000003',
    '0086 138 0000 0003',
    '(+86)13800000003',
    '（+86）138 0000 0003',
    '１３８０００００００３',
    '\u200b138\u00a00000\u20110003\u202c',
  ])('is one however it is written: %s', (text) => {
    expect(read(text)).toBe('+8613800000003');
  });

  it.each([
    ['010-6123 4567', '+861061234567'],
    ['(010)61234567', '+861061234567'],
    ['01061234567', '+861061234567'],
    ['86-10-61234567', '+861061234567'],
    ['010-6123 4567转801', '+861061234567;ext=801'],
    ['010-61234567 轉 801', '+861061234567;ext=801'],
    ['010-61234567分机801', '+861061234567;ext=801'],
    ['010-61234567 分机号：801', '+861061234567;ext=801'],
    ['010-61234567#801', '+861061234567;ext=801'],
    ['010-61234567 ext. 801', '+861061234567;ext=801'],
    ['010-61234567x801', '+861061234567;ext=801'],
    ['0571-88888888', '+8657188888888'],
    ['0571-88888888-801', '+8657188888888;ext=801'],
    ['13800000003转2', '+8613800000003;ext=2'],
    ['400-800-1234', '+864008001234'],
    ['800-810-1234', '+868008101234'],
    ['+1 (212) 555-0100', '+12125550100'],
    ['+852 2123 4567', '+85221234567'],
  ])('is read with its area code, its extension, its country: %s', (text, wanted) => {
    expect(read(text)).toBe(wanted);
  });

  it.each([
    '13800000001.0',
    '13800000001.00',
    '1380000000.10',
    '57188888888.0',
    '1.38E+10',
    '138000000010',
    '1380000000',
    '139-0000-0001-8',
    '13800000001/13900000002',
    '13800000001、13900000002',
    '13800000001 13900000002',
    '13800000001 张三',
    '张三13800000001',
    '138O0000001',
    '138****0001',
    '0571-8888888/8',
    '+86+8613800000001',
    '88888888',
    '114008001234010',
    '1795113800000001',
    '2010010',
    '10100571',
    '12345',
    '95588',
    '110',
    '0',
    '',
    '无',
    '/',
    '转801',
    '4008001234转',
  ])('is refused, not shortened into another: %s', (text) => {
    expect(read(text)).toBeUndefined();
  });

  it('of another country is read without its code where the site is', () => {
    expect(read('(212) 555-0100', 'US')).toBe('+12125550100');
    expect(read('13800000003', 'US')).toBeUndefined();
    expect(read('2123 4567', regionOf('Asia/Hong_Kong'))).toBe('+85221234567');
  });

  it.each([
    ['+8613800000003', 'CN', '138 0000 0003'],
    ['+861061234567;ext=801', 'CN', '010 6123 4567转801'],
    ['+864008001234', 'CN', '400 800 1234'],
    ['+12125550100', 'CN', '+1 212 555 0100'],
    ['+12125550100;ext=7', 'US', '(212) 555-0100 ext. 7'],
    ['+8613800000003', 'US', '+86 138 0000 0003'],
  ] as const)('is shown as people write it: %s in %s', (kept, region, shown) => {
    expect(showPhone(phoneOf(kept), region)).toBe(shown);
  });
});

it('a site is in the country whose time zone it has; where it has none, numbers are read as China’s', () => {
  const zones = ['Asia/Shanghai', 'Asia/Urumqi', 'Asia/Hong_Kong', 'America/New_York', 'Europe/Berlin', 'UTC'];
  expect(zones.map(regionOf)).toEqual(['CN', 'CN', 'HK', 'US', 'DE', 'CN']);
});

describe('laws', () => {
  const samples = getCountries().flatMap((country) => getExampleNumber(country, examples)?.number ?? []);
  const phones = fc.record(
    { e164: fc.constantFrom(...samples), extension: fc.stringMatching(/^\d{1,6}$/) },
    { requiredKeys: ['e164'] },
  );
  const regions = fc.constantFrom<Region>('CN', 'HK', 'TW', 'US', 'DE', 'SG', 'GB');

  it('what is shown is read back as the same number, and so is what is kept', () => {
    fc.assert(
      fc.property(phones, regions, (phone, region) => {
        expect(parsePhone(showPhone(phone, region), region)).toEqual(phone);
        expect(parsePhone(phoneText(phone), region)).toEqual(phone);
        expect(phoneOf(phoneText(phone))).toEqual(phone);
      }),
    );
  });

  it('no digit is lost or made up: what was written is the number, but for how its country and trunk are written', () => {
    const parts = fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constantFrom('13800000001', '1380000', '0571', '88888888', '010', '61234567', '4008001234'),
      },
      fc.constantFrom(...'0123456789', '-', ' ', '.', '(', ')', '+', '转', '/', '、', 'x', '86', '0086', '+86', '.0'),
    );
    const texts = fc.array(parts, { minLength: 1, maxLength: 6 }).map((some) => some.join(''));
    const digits = (text: string) => text.replace(/\D/g, '');
    let numbers = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const phone = parsePhone(text, 'CN');
        if (!phone?.e164.startsWith('+86')) return;
        numbers += 1;
        const written = [digits(text), digits(text).replace(/^(00)?86/, '')].map((some) => some.replace(/^0/, ''));
        expect(written).toContain(digits(phoneText(phone).slice('+86'.length)));
      }),
      { numRuns: 20_000 },
    );
    expect(numbers).toBeGreaterThan(500);
  });
});
