import type * as z from 'zod';
import { payersOf } from '../../../shared/directory/payer.ts';
import { unitsById } from '../../../shared/directory/units.ts';
import type { Current } from '../../../shared/journal/aggregate.ts';
import { writePlace } from '../../../shared/values/place.ts';
import type { ClaimDeps } from './claim.ts';
import type { FindDeps } from './find.ts';
import type { Remittance } from './remittance.ts';
import { type DescribePayer, type remittanceOut, remittanceView } from './view.ts';

/** Lines as people read them: with what they say, and with who is proposed by name and room. */
export const shown = async (
  { personal, directory, accounts, policies }: FindDeps & Pick<ClaimDeps, 'policies'>,
  site: string,
  all: readonly Current<Remittance>[],
  now: number,
): Promise<z.input<typeof remittanceOut>[]> => {
  const known = all.filter(({ state }) => state !== undefined);
  const proposed = known.flatMap(({ state }) => state?.proposals ?? []);
  const ids = [...new Set(proposed.flatMap(({ account }) => account ?? []))];
  const [cards, heads, facts] = await Promise.all([
    payersOf(directory, site, [...new Set(proposed.map(({ party }) => party))]),
    accounts.heads(site, ids),
    policies.site(site),
  ]);
  const units = await unitsById(directory, site, [...new Set(heads.flatMap(({ state }) => state?.unit ?? []))]);
  const refs = [
    ...known.flatMap(({ state }) => [state?.number, state?.name, state?.remark].filter((ref) => ref !== undefined)),
    ...[...cards.values()].map(({ name }) => name),
  ];
  const texts = await personal.read(site, refs);
  const unitOf = new Map(heads.map(({ id, state }) => [id, units.get(state?.unit ?? '')]));
  const who: DescribePayer = ({ party, account = '' }) => {
    const unit = unitOf.get(account);
    return {
      name: texts.get(cards.get(party)?.name.ref ?? ''),
      ...(unit ? { place: writePlace(unit, facts.placeFormat) } : {}),
    };
  };
  return known.map((current) => remittanceView(current, texts, now, who));
};
