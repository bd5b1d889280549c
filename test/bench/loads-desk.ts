import { DAY, MINUTE } from '../../shared/time/clock.ts';
import { costOf } from './cost.ts';
import { SITE, settledContact } from './group.ts';
import { divided, measuring, times } from './measuring.ts';
import { type Case, LIFECYCLE, UNTIL_QUIET } from './steps.ts';

/** So many of each are measured. */
const CASES = 10;
/** Reads before those that are measured. */
const WARM = 20;
/** How long nobody does anything where everything is late. */
const LATE = 4 * DAY;
/** Longer than any cache lives: among so many sites hardly any function finds one in its memory. */
const APART = 1.5 * MINUTE;
/** What people do at the desk. */
export const measureDesk = async (assembly: string) => {
  // Short of a quarter, so that no sweep falls into a step.
  const { cloud, desk, measure } = await measuring(assembly, Date.UTC(2026, 4, 11, 1, 1));
  const { clock, meter } = cloud;
  const apart = (count: number, run: (n: number) => Promise<unknown>) =>
    times(count, async (n) => {
      await clock.advance({ by: APART });
      await run(n);
      await clock.settle();
    });
  const live = async (round: string, count: number) => {
    const cases = Array.from({ length: count }, (_, n): Case => ({ n: `${round}-${n}`, id: '' }));
    for (const step of LIFECYCLE) {
      await clock.advance({ by: Math.max(0, step.after - count * APART) });
      await apart(count, (n) => step.run(desk, cases[n] as Case));
    }
    await clock.advance({ by: UNTIL_QUIET });
  };
  const figures = () => desk.director.get(`/sites/${SITE}/figures?from=2026-05-01&to=2026-05-31&by=day`);
  const page = () => desk.agent.get(`/sites/${SITE}/contacts?limit=20`);
  try {
    // First to load every bundle: a cold start is no part of what something takes. What is mostly processor time is warmed up.
    await live('warm', 1);
    await apart(3, (n) => settledContact(desk, `warm-${n}`));
    for (const read of [figures, page]) await times(WARM, read);
    const loads = {
      contact: await measure(CASES, () => apart(CASES, (n) => settledContact(desk, `contact-${n}`))),
      complaint: await measure(CASES, () => live('measured', CASES)),
      figures: await measure(CASES, () => apart(CASES, figures)),
      page: await measure(CASES, () => apart(CASES, page)),
    };
    const before = meter.snapshot();
    const quiet = await measure(1, () => clock.advance({ by: LATE }), {});
    const standing = meter.since(before);
    const [take] = LIFECYCLE;
    const late = await measure(
      CASES,
      async () => {
        await times(CASES, async (n) => {
          await take?.run(desk, { n: `late-${n}`, id: '' });
          await clock.settle();
        });
        await clock.advance({ by: LATE });
      },
      standing,
    );
    const day = { ...quiet, ...divided(costOf(standing, cloud.deployment, LATE / DAY), 1) };
    return { ...loads, 'complaint left alone': late, 'a day without anything': day };
  } finally {
    await cloud.stop();
  }
};
