/** What DynamoDB writes together at most. */
const ITEMS_MAX = 100;

/**
 * Packs steps into transactions, each step wholly in one, as many as it holds, in order. Steps that write nothing are
 * left out.
 */
export const packed = <T>(steps: readonly T[], itemsOf: (step: T) => readonly unknown[]): T[][] => {
  const transactions: { steps: T[]; items: number }[] = [];
  for (const step of steps) {
    const items = itemsOf(step).length;
    const last = transactions.at(-1);
    if (items === 0) continue;
    if (last && last.items + items <= ITEMS_MAX) {
      last.steps.push(step);
      last.items += items;
    } else {
      transactions.push({ steps: [step], items });
    }
  }
  return transactions.map((transaction) => transaction.steps);
};
