import type { TableModel } from '../../local/model.ts';

/** What a table is called in the code that declares it. */
export const nameOf = ({ logicalId }: Pick<TableModel, 'logicalId'>): string =>
  logicalId.replace(/Table[0-9A-F]{8}$/, '').toLowerCase();

const PARTS: readonly [RegExp, string][] = [
  [/^run_\d{4}-\d{2}$/, '{run}'],
  [/^\d{4}-\d{2}(-\d{2})?$/, '{day}'],
  [/^[a-z]{3}_/, '{id}'],
  // What a letter is called to its payer.
  [/^[A-Z]{2}-\d{8}-/, '{number}'],
  [/^\d{13}$/, '{until}'],
  [/^[0-9a-hjkmnp-tv-z]{26}(-|$)/, '{id}'],
  [/^[0-9a-f]{32,}$/, '{id}'],
];

const one = (part: string, site: string): string => {
  if (part === site) return '{site}';
  // A person of the site, by the subject they sign in as.
  if (part.startsWith(`${site}-`)) return '{id}';
  return PARTS.find(([is]) => is.test(part))?.[1] ?? part;
};

/** A partition key with what is its own taken out: `bench#contact#con_01j…` → `{site}#contact#{id}`. */
export const shapeOf = (pk: string, site: string): string => {
  const parts = pk.split('#').map((part) => one(part, site));
  // What follows is a key's scope: whose it is, at which site, for what.
  const key = parts.indexOf('key');
  return (key === 1 ? [...parts.slice(0, 2), '{id}'] : parts).join('#');
};
