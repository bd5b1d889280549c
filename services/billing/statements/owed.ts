interface Booking {
  fen: number;
  asked: readonly Designated[];
  designated: readonly Designated[];
  /** Of several letters it has to be all that they ask for. */
  exactly?: boolean | undefined;
}

/**
 * Whether money may be booked alone as things stand at that moment (pure): it is no more than is open, in the accounts that
 * are meant or in all of the payer's; and something that its letter asked for is still open. So a second line for the same
 * debt, of the same file or another, is a person's.
 */
import { type Account, type Designated, openFenOf } from '../accounts/contract.ts';
export const isOwed = (
  accounts: readonly { id: string; state: Account | undefined }[],
  { fen, asked, designated, exactly = false }: Booking,
): boolean => {
  const meant = new Set(designated.map(({ account }) => account));
  const open = accounts
    .filter(({ id }) => meant.size === 0 || meant.has(id))
    .reduce((sum, { state }) => sum + (state ? openFenOf(state) : 0), 0);
  if (fen > open) return false;
  if (asked.length === 0) return true;
  const debts = accounts.flatMap(({ id, state }) =>
    (state?.debts ?? []).filter(({ bill }) => asked.some((one) => one.account === id && one.bill === bill)),
  );
  const principal = debts.reduce((sum, { openFen }) => sum + openFen, 0);
  const whole = openFenOf({ debts });
  return exactly ? fen === whole || fen === principal : whole > 0;
};
