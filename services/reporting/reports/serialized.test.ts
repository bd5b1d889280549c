import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LANGUAGES } from '../../../shared/text/catalogue.ts';
import { documentOf } from './compose/compose.ts';
import { deserialize } from './serialized.ts';
import { periodReportOut, reportView } from './view.ts';
import { summaryOf } from './words.ts';

/** What was kept by the first version, of a site and of the group. Never changed: reports like it are out there. */
const FIXTURES = ['v1-site.json', 'v1-group.json'];
const read = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
const ISSUED = { edition: 1, hash: 'x', parts: 1, at: 0, by: 'system:calendar' };

test.each(FIXTURES)('%s is read, said and shown in either language by the code of today', (name) => {
  const content = deserialize(read(name));
  for (const language of LANGUAGES) {
    const document = documentOf(content, { number: 'rpt_1', edition: 1, texts: new Map() }, language);
    expect(document.blocks.length).toBeGreaterThan(8);
    const view = reportView(ISSUED, content, new Map(), summaryOf(content, language));
    expect(periodReportOut.parse(view).summary.join()).toContain('66.66');
  }
});

test('a measure that was not counted then reads as one of no cases', () => {
  const { figures, ...rest } = JSON.parse(read('v1-site.json'));
  const { promised: _, ...older } = figures;
  const content = deserialize(JSON.stringify({ ...rest, figures: older }));
  expect(content.figures.promised).toMatchObject({ due: 0, rate: null, change: null });
  expect(() => deserialize(JSON.stringify({ ...rest, figures, v: 2 }))).toThrow('version 2');
});
