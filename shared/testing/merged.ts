import { type PayerCard, payerKey } from '../directory/payer.ts';

/** Cards of one payer as the registry publishes them: of who stayed, and of those that were merged into them, the newest last. */
export const cardsOf = (
  site: string,
  [party, ...merged]: readonly [string, ...string[]],
  over: Partial<PayerCard> = {},
): object[] => {
  const card: PayerCard = {
    party,
    name: { ref: `txt_${party}`, hash: 'h' },
    language: 'zh-CN',
    emails: [],
    phones: [],
    ...(merged.length > 0 ? { merged } : {}),
    ...over,
  };
  // Each was merged into the one after it, the last into who stayed.
  const into = (i: number) => merged[i + 1] ?? party;
  return [
    { ...payerKey(site, party), ...card },
    ...merged.map((one, i) => ({ ...payerKey(site, one), mergedInto: into(i) })),
  ];
};
