import type { Case } from '../../support/tables.ts';
import type { Life } from '../life.ts';
import type { Spoil } from './law.ts';

/** One case is another, the first of which that can be said. @throws Error where there is none */
export const oneOf =
  (change: (one: Case) => Case | undefined): Spoil =>
  (subject) => {
    for (const [i, one] of subject.cases.entries()) {
      const other = change(one);
      if (other) return { ...subject, cases: subject.cases.with(i, other) };
    }
    throw new Error('no such case');
  };
export const livingWith =
  (change: (life: Life) => Partial<Life>): Spoil =>
  (subject) => ({ ...subject, life: { ...subject.life, ...change(subject.life) } });
export const cloudWith = (change: (cloud: Life['cloud']) => Partial<Life['cloud']>): Spoil =>
  livingWith(({ cloud }) => ({ cloud: { ...cloud, ...change(cloud) } }));
/** What a list of the API says is otherwise. */
export const listed = (path: RegExp, change: (items: Record<string, unknown>[]) => Record<string, unknown>[]): Spoil =>
  livingWith((life) => ({
    async all(sub, where) {
      const items = await life.all(sub, where);
      return path.test(where) ? change(items) : items;
    },
  }));
export const again =
  (type: string): Spoil =>
  (subject) => ({
    ...subject,
    cases: [...subject.cases, ...subject.cases.filter((one) => one.type.type === type)],
  });
