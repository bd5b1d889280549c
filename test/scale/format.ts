const GB = 2 ** 30;

/** Three figures that count. */
export const num = (n: number): string => {
  if (!Number.isFinite(n)) return '∞';
  if (n === 0) return '0';
  if (Math.abs(n) >= 1000) return Math.round(Number(n.toPrecision(3))).toLocaleString('en-US');
  return String(Number(n.toPrecision(3)));
};
/** Bold where the demand does not fit. */
export const times = (headroom: number): string => (headroom < 1 ? `**${num(headroom)}**` : num(headroom));
export const usd = (n: number): string => `$${n >= 100 ? num(n) : n.toFixed(n < 1 ? 4 : 2)}`;
export const gb = (bytes: number): string => `${num(bytes / GB)} GB`;
