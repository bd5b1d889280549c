/** How money comes in and goes out; each a channel that the till is closed by. `online` is what has none of its own here. */
export const METHODS = ['cash', 'transfer', 'wechat', 'alipay', 'pos', 'deduction', 'online'] as const;
/** No payment is larger: ten million yuan (fen). */
export const FEN_MAX = 1_000_000_000;
export type PaymentMethod = (typeof METHODS)[number];
/** Channels that somebody else keeps statements of. A deduction's is the bank's own answer, line by line. */
export const BY_STATEMENT = [
  'transfer',
  'wechat',
  'alipay',
  'pos',
  'online',
] as const satisfies readonly PaymentMethod[];
export const byStatement = (method: PaymentMethod): boolean =>
  (BY_STATEMENT as readonly PaymentMethod[]).includes(method);

/** What a payment settles of a debt, in this order (Civil Code 561). Costs are bills of their own. */
export const PARTS = ['late', 'principal'] as const;
export type DebtPart = (typeof PARTS)[number];

/** The dunning ladder (催缴), lowest first; the policy says how many days after the due day each stands. */
export const RUNGS = ['friendly', 'reminder', 'second-notice', 'demand', 'visit', 'review'] as const;
export type DunningRung = (typeof RUNGS)[number];

/** Why dunning pauses. */
export const HOLD_KINDS = ['dispute', 'promise', 'hardship'] as const;
export type HoldKind = (typeof HOLD_KINDS)[number];

/** Why a person decides whether the letter of a step goes out. */
export const ASKS = ['service-complaint', 'unclaimed-money'] as const;
export type StepAsks = (typeof ASKS)[number];

/** Why a hold is over. */
export const RELEASES = ['ended', 'withdrawn', 'kept', 'broken', 'complaint-closed'] as const;

/**
 * What dunning may do: a closed list. Nothing here touches water, power, heat, gas, lifts, access or parking (Civil Code
 * 944), and nothing can be added by a policy.
 */
export const CHANNELS = ['email', 'phone', 'letter', 'visit', 'review'] as const;
export type DunningChannel = (typeof CHANNELS)[number];

/** Bills remembered in the head, so that none is made twice; a run goes back no further than their periods. */
export const REMEMBERED = 60;
/** As many reasons to wait pause dunning as well as more would: holds, complaints, money that nobody has claimed. */
export const PAUSES_MOST = 50;
