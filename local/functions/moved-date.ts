/**
 * Replaces the time of day in this thread by `now`: `Date.now()`, `new Date()`, `Date()` and Intl's default moment
 * (Temporal polyfills read `Date.now`). `setTimeout` and `performance.now()` stay on wall time.
 */
export function replaceDate(now: () => number): void {
  const RealDate = Date;
  RealDate.now = now;
  const MovedDate: DateConstructor = new Proxy(RealDate, {
    construct: (target, args, newTarget): Date =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget === MovedDate ? target : newTarget),
    apply: () => new RealDate(now()).toString(),
  });
  RealDate.prototype.constructor = MovedDate;
  globalThis.Date = MovedDate;

  const format = Intl.DateTimeFormat.prototype;
  const realFormat = Object.getOwnPropertyDescriptor(format, 'format')!;
  Object.defineProperty(format, 'format', {
    ...realFormat,
    get(this: Intl.DateTimeFormat) {
      const bound = realFormat.get!.call(this) as (date?: Date | number) => string;
      return (date?: Date | number) => bound(date ?? now());
    },
  });
  const { formatToParts } = format;
  format.formatToParts = function (this: Intl.DateTimeFormat, date?: Date | number) {
    return formatToParts.call(this, date ?? now());
  };
}
