import { getAll } from '../../../shared/aws/many.ts';
import { keyOf } from '../../../shared/journal/execute.ts';
import { KEY } from '../../../shared/journal/layout.ts';
import { idempotencyKeyFor } from '../../../shared/lambda/bus.ts';
import type { Accounts } from '../accounts/contract-store.ts';

/** Of the line, not of the event: whatever tells of it, it is paid once. */
export const bookedKey = (payment: string) => idempotencyKeyFor('billing-on-deduction-paid', payment);

/** Which payments of lines stand on their accounts. */
export const bookedOf = async (
  { doc, own }: Accounts,
  site: string,
  payments: readonly string[],
): Promise<ReadonlySet<string>> => {
  const keys = payments.map((payment) => ({ pk: keyOf(site, bookedKey(payment)), sk: KEY, payment }));
  const found = new Set(
    (
      await getAll(
        { doc, table: own },
        keys.map(({ pk, sk }) => ({ pk, sk })),
      )
    ).map(({ pk }) => pk),
  );
  return new Set(keys.filter(({ pk }) => found.has(pk)).map(({ payment }) => payment));
};
