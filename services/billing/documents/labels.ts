import type { SiteFacts } from '../../../shared/policy/policy.ts';
import type { Language } from '../../../shared/text/catalogue.ts';
import { isMessageKey, say } from '../../../shared/text/catalogue.ts';
import { periodInWords } from '../../../shared/text/period.ts';
import { type Place, writePlace } from '../../../shared/values/place.ts';
import { itemOf, periodOf } from '../accounts/contract.ts';
import type { Desk } from './model.ts';

/** A fee item's name in both languages, as the site's schedule has it. */
export interface ItemName {
  zh: string;
  en: string;
}
/** Names by the item's code. */
export type ItemNames = ReadonlyMap<string, ItemName>;

/** Items that no schedule declares. */
const OWN_ITEMS: ItemNames = new Map([
  ['service', { zh: '有偿服务费', en: 'Paid service' }],
  ['arrears', { zh: '往期欠费', en: 'Arrears taken over' }],
]);

/** What a bill is for, in words; an item nobody named goes by its code. */
export const itemLabel = (bill: string, names: ItemNames, language: Language): string => {
  const name = names.get(itemOf(bill)) ?? OWN_ITEMS.get(itemOf(bill));
  return name ? (language === 'zh-CN' ? name.zh : name.en) : itemOf(bill);
};

/** The period of a bill in words: a month, a quarter, a year; of a paid service its day; anything else as it is. */
export const periodLabel = (bill: string, language: Language): string => {
  const period = periodOf(bill);
  const [, day] = /^(\d{4}-\d{2}-\d{2})\.slp_/.exec(period) ?? [];
  if (day) return day;
  return periodInWords(period, language);
};

/** A unit as its site calls it: `8幢2单元101室`. */
export const unitLabel = (
  unit: (Place & { kind?: string | undefined }) | undefined,
  id: string,
  { placeFormat }: Pick<SiteFacts, 'placeFormat'>,
): string => (unit ? writePlace(unit, placeFormat) : id);

/** A closed list's word in the catalogue, e.g. `method.cash`. */
export const word = (list: 'method' | 'entry', name: string, language: Language): string => {
  const key = `${list}.${name}`;
  return isMessageKey(key) ? say(key, language) : name;
};

/** Where a site's desk is found. */
export const deskFacts = ({ desk }: Pick<SiteFacts, 'desk'>): Desk => {
  const { complaintPhone, address } = desk ?? {};
  return { ...(complaintPhone ? { complaintPhone } : {}), ...(address ? { address } : {}) };
};
