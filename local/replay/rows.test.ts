import { describe, expect, it } from 'vitest';
import { localInstant, readRows } from './rows.ts';

const HEADER = 'key,created,closed,due,agency,complaint_type,descriptor,borough';
const file = (...lines: string[]) => [HEADER, ...lines].join('\n');
const row = (fields: Partial<Record<'key' | 'created' | 'closed' | 'agency' | 'borough', string>> = {}) => {
  const { key = '1', created = '2013-12-25T00:00:00', closed = '', agency = 'HPD', borough = 'BRONX' } = fields;
  return `${key},${created},${closed},,${agency},HEATING,HEAT,${borough}`;
};

describe('a file of complaints', () => {
  it('gives its rows with their line, the header being line 1', () => {
    const { rows, refused } = readRows(file(row(), row({ key: '2', closed: '2013-12-26T10:00:00' })));
    expect(refused).toEqual([]);
    expect(rows.map(({ line, key, site, department }) => [line, key, site, department])).toEqual([
      [2, 1n, 'BRONX', 'HPD'],
      [3, 2n, 'BRONX', 'HPD'],
    ]);
    expect(rows[1]?.closed).toBe(Date.parse('2013-12-26T10:00:00-05:00'));
    expect(rows[0]).not.toHaveProperty('closed');
  });

  it('keeps equal rows apart', () => {
    expect(readRows(file(row(), row())).rows).toHaveLength(2);
  });

  it.each([
    ['closed: before created', row({ closed: '2013-12-24T23:59:59' })],
    ['borough: none', row({ borough: '' })],
    ['borough: none', row({ borough: 'Unspecified' })],
    ['created: not a date and time', row({ created: '25.12.2013' })],
    ['created: not a date and time', row({ created: '' })],
    ['created: not a date and time', row({ created: '2013-02-30T00:00:00' })],
    ['closed: not a date and time', row({ closed: 'soon' })],
    ['key: not a whole number', row({ key: 'x7' })],
  ])('refuses what can not be true (%s) and goes on', (reason, bad) => {
    const { rows, refused } = readRows(file(row(), bad, row({ key: '3' })));
    expect(refused).toEqual([{ line: 3, reason }]);
    expect(rows.map(({ line }) => line)).toEqual([2, 4]);
  });

  it('accepts a complaint closed in the second it was created', () => {
    expect(readRows(file(row({ closed: '2013-12-25T00:00:00' }))).rows).toHaveLength(1);
  });

  it('does not judge other columns, nor a missing agency', () => {
    expect(readRows(file(row({ agency: '' }))).rows[0]?.department).toBe('none');
  });

  it('counts lines through quoted line breaks, empty lines and stray quotes', () => {
    const quoted = '5,2013-12-25T00:00:00,,,HPD,"two\nlines",x,QUEENS';
    const stray = '6,2013-12-25T00:00:00,,,HPD,3" pipe,x,QUEENS';
    const { rows, refused } = readRows(file(quoted, '', stray, row({ borough: '' })));
    expect(rows.map(({ line }) => line)).toEqual([2, 5]);
    expect(refused).toEqual([{ line: 6, reason: 'borough: none' }]);
  });

  it('reads a file from Windows, with its mark at the start', () => {
    const { rows, refused } = readRows(`\uFEFF${file(row(), row({ borough: '' })).replaceAll('\n', '\r\n')}\r\n`);
    expect(rows.map(({ line }) => line)).toEqual([2]);
    expect(refused.map(({ line }) => line)).toEqual([3]);
  });

  it('says which column is missing', () => {
    expect(() => readRows('key,created,closed\n1,2013-12-25T00:00:00,')).toThrow('no column borough');
  });

  it('is empty when it holds a header only', () => {
    expect(readRows(HEADER)).toEqual({ rows: [], refused: [] });
  });
});

describe('site-local time', () => {
  it('takes the first of an hour that comes twice, and moves forward out of one that is skipped', () => {
    expect(localInstant('2013-11-03T01:30:00')).toBe(Date.parse('2013-11-03T01:30:00-04:00'));
    expect(localInstant('2014-03-09T02:30:00')).toBe(Date.parse('2014-03-09T03:30:00-04:00'));
  });
});
