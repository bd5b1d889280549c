import { done, type NewEvents, type Situation } from './decide.ts';
import { PAUSES_MOST } from './terms.ts';

/** Money that nobody has claimed is probably this account's: its letters ask a person first. */
export const moneyProposed = (on: Situation, remittance: string): NewEvents =>
  !on.state || on.state.unclaimed?.includes(remittance) || (on.state.unclaimed ?? []).length >= PAUSES_MOST
    ? []
    : done(on, [{ name: 'account.money-proposed', data: { remittance } }]);

/** Whose that money is is known, or that it is nobody's fee. */
export const moneyDecided = (on: Situation, remittance: string): NewEvents =>
  on.state?.unclaimed?.includes(remittance) ? done(on, [{ name: 'account.money-decided', data: { remittance } }]) : [];
