import { idsOf, type PayerCard } from '../../../shared/directory/payer.ts';
import type { UnitEntry } from '../../../shared/directory/units.ts';

/** Under whose account a unit's debts of somebody stand: a merged payer's goes on, so that no second one is opened beside it. */
export const payingFor = ({ payers }: UnitEntry, card: PayerCard, named: string): string => {
  if (payers.some((payer) => payer.party === named)) return named;
  const ids = idsOf(card);
  return payers.findLast((payer) => payer.party !== undefined && ids.includes(payer.party))?.party ?? card.party;
};
