import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { defineEvent, patternsOf, sourceOf } from '../../shared/domain/events.ts';
import { isFor } from '../../shared/testing/is-for.ts';
import { compilePattern } from './pattern.ts';

const event = {
  source: 'huiyin.complaints',
  'detail-type': 'ComplaintResolved',
  detail: { site: 'site_1', ordinal: 3, tags: ['a', 'b'], nothing: null, parts: [{ kind: 'x' }, { kind: 'y' }] },
};

describe('event patterns', () => {
  it.each([
    [{ source: ['huiyin.complaints'] }, true],
    [{ source: ['other', 'huiyin.complaints'], 'detail-type': ['ComplaintResolved'] }, true],
    [{ source: ['huiyin.complaints'], 'detail-type': ['Other'] }, false],
    [{ detail: { site: [{ prefix: 'site_' }] } }, true],
    [{ detail: { site: [{ suffix: '_2' }] } }, false],
    [{ detail: { site: [{ 'equals-ignore-case': 'SITE_1' }] } }, true],
    [{ detail: { site: [{ wildcard: 's*_*' }] } }, true],
    [{ detail: { ordinal: [{ numeric: ['>', 1, '<=', 3] }] } }, true],
    [{ detail: { ordinal: [{ numeric: ['<', 3] }] } }, false],
    [{ detail: { tags: ['b'] } }, true],
    [{ detail: { tags: ['c'] } }, false],
    [{ detail: { tags: [{ prefix: 'b' }] } }, true],
    [{ detail: { tags: [{ exists: true }] } }, true],
    [{ detail: { nothing: [null] } }, true],
    [{ detail: { absent: [{ exists: false }] } }, true],
    [{ detail: { nothing: [{ exists: true }] } }, true],
    [{ absent: { deeper: [{ exists: false }] } }, true],
    [{ detail: { site: [{ 'anything-but': ['site_1'] }] } }, false],
    [{ detail: { site: [{ 'anything-but': { prefix: 'x' } }] } }, true],
    [{ detail: { absent: [{ 'anything-but': ['x'] }] } }, false],
    [{ detail: { parts: { kind: ['y'] } } }, true],
    [{ $or: [{ source: ['no'] }, { detail: { site: ['site_1'] } }] }, true],
  ])('%j → %s', (pattern, expected) => {
    expect(compilePattern(pattern)(event)).toBe(expected);
  });

  it.each([
    { source: [{ cidr: '10.0.0.0/8' }] },
    { source: [{ prefix: 'a', suffix: 'b' }] },
    { source: 'not a list' },
    { detail: { ordinal: [{ numeric: ['~', 3] }] } },
  ])('refuses %j when it is compiled', (pattern) => {
    expect(() => compilePattern(pattern)).toThrow();
  });
});

it('a consumer hears of exactly its events that have what it wants of them', () => {
  const events = ['a.one', 'a.two', 'b.three'].map((name) => defineEvent(name, 'An event.', z.object({})));
  const consumer = { events, having: { 'a.two': 'unit' } };
  const rules = patternsOf(consumer.events, consumer.having).map(({ detailType, ...rest }) =>
    compilePattern({ ...rest, 'detail-type': detailType }),
  );
  for (const name of ['a.one', 'a.two', 'b.three', 'b.four']) {
    for (const data of [{}, { unit: 'unt_1' }]) {
      const told = { source: sourceOf(name), 'detail-type': name, detail: { name, data } };
      expect(rules.filter((rule) => rule(told))).toHaveLength(isFor(consumer, { name, data }) ? 1 : 0);
    }
  }
});
