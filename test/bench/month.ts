import { HOUR, type Instant, MINUTE } from '../../shared/time/clock.ts';
import { benchCloud, settledContact } from './group.ts';
import { type Case, LIFECYCLE } from './steps.ts';

/** Goal for a site's month of ordinary life, seconds. */
export const GOAL_SECONDS = 30;
const CONTACTS = 200;
/** One contact in so many is a complaint. */
const COMPLAINT_EVERY = 10;
const DAYS = 30;
const START = Date.UTC(2026, 4, 1, 0, 0);

/** A month: contacts through the hours of every day; each tenth is a complaint that goes its way in time. */
export const measureMonth = async (assembly: string) => {
  const { cloud, desk } = await benchCloud(assembly, { start: START, speed: 0 });
  try {
    const plan: { at: Instant; run(): Promise<unknown> }[] = [];
    for (let n = 0; n < CONTACTS; n++) {
      const day = Math.floor((n * DAYS) / CONTACTS);
      const at = START + day * 24 * HOUR + (1 + (n % 9)) * HOUR + ((n * 7) % 60) * MINUTE;
      if (n % COMPLAINT_EVERY !== 0) plan.push({ at, run: () => settledContact(desk, `month-${n}`) });
      else {
        const one: Case = { n: `month-${n}`, id: '' };
        let due = at;
        for (const step of LIFECYCLE) {
          due += step.after;
          plan.push({ at: due, run: () => step.run(desk, one) });
        }
      }
    }
    plan.sort((a, b) => a.at - b.at);
    const end = START + DAYS * 24 * HOUR;
    const began = performance.now();
    for (const { at, run } of plan.filter(({ at }) => at < end)) {
      await cloud.clock.advance({ to: at });
      await run();
    }
    await cloud.clock.advance({ to: end });
    const seconds = (performance.now() - began) / 1000;
    return { contacts: CONTACTS, complaints: CONTACTS / COMPLAINT_EVERY, days: DAYS, seconds };
  } finally {
    await cloud.stop();
  }
};
