import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parsePhone, regionOf } from '../../shared/values/phone.ts';
import { DEMO } from './demo.ts';

test.each(DEMO.sites.map(({ id, timeZone }) => [id, timeZone]))(
  'the people of %s have numbers that can be rung',
  (id, zone) => {
    const [header = '', ...rows] = readFileSync(join(import.meta.dirname, 'data', `parties-${id}.csv`), 'utf8')
      .trim()
      .split('\n');
    const at = header.split(',').indexOf('电话');
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) expect(parsePhone(row.split(',')[at] ?? '', regionOf(zone)), row).toBeDefined();
  },
);
