import { addDays, HOUR, localDay } from '../../../shared/time/clock.ts';
import { type Allowed, countByHand } from '../../support/by-hand.ts';
import { COUNTED } from '../../support/counted.ts';
import { changesItem, type Item, itemsIn } from '../../support/tables.ts';
import { policiesAmong } from '../policies.ts';
import { type Law, plain } from './law.ts';
import { listed } from './spoilt.ts';

const proven: Law = {
  name: 'the proof of a day is what Q5 says of it',
  async broken({ life, since }) {
    const broken: string[] = [];
    for (const { id, zone, staff } of life.sites) {
      const today = localDay(life.cloud.clock.now(), zone);
      for (let day = localDay(since, zone); day < addDays(today, -1); day = addDays(day, 1 + life.chance.below(9))) {
        const proofs = await life.all(staff.manager, `/sites/${id}/dunning/${day}`);
        const steps = proofs.flatMap(({ steps: some }) => some as { state: string }[]);
        const count = (state: string) => steps.filter((step) => step.state === state).length;
        const { figures } =
          (await life.sees(staff.manager, `/sites/${id}/figures?from=${day}&to=${day}&by=day`))?.periods?.[0] ?? {};
        const { met = 0, missed = 0, running = 0, excluded = 0 } = figures?.Q5 ?? {};
        const q5 = plain({ met, missed, running, excluded });
        const proof = plain({
          met: count('carried-out') + count('settled'),
          missed: count('missed'),
          running: count('running'),
          excluded: count('held'),
        });
        if (q5 !== proof) broken.push(`${id} ${day}: Q5 ${q5}, proven ${proof}`);
      }
    }
    return broken;
  },
  spoilt: listed(/\/dunning\//, (proofs) => [...proofs, { steps: [{ state: 'missed' }] }]),
};

const byHand: Law = {
  name: 'figures are what one counts by hand',
  async broken({ life, cases, items, since }) {
    const zones = Object.fromEntries(life.sites.map(({ id, zone }) => [id, zone]));
    const policiesOf = policiesAmong(items);
    const unknown = new Set<string>();
    const counted = countByHand(cases, zones, (site, version) => {
      const versions = policiesOf(site);
      const found = versions.find((one) => one.version === version);
      // What never began has none, and nothing of it is counted.
      if (!found && version !== undefined) unknown.add(`${site}: a case under policy ${version}, which it never had`);
      return (found ?? versions[0])?.values as unknown as Allowed;
    });
    const broken = [...unknown];
    const told = new Set<string>();
    for (const { id, zone, staff } of life.sites) {
      const last = addDays(localDay(life.cloud.clock.now(), zone), 40);
      for (let from = addDays(localDay(since, zone), -40); from <= last; from = addDays(from, 31)) {
        const to = addDays(from, 30);
        const { periods = [] } =
          (await life.sees(staff.manager, `/sites/${id}/figures?from=${from}&to=${to}&by=day`)) ?? {};
        for (const { period, figures } of periods) {
          for (const measure of COUNTED) {
            const { met, missed, running, excluded } = figures[measure];
            if (met + missed + running + excluded === 0) continue;
            const cell = `${id} ${measure} ${period}`;
            told.add(cell);
            const hand = counted[cell] ?? { met: 0, missed: 0, running: 0, excluded: 0 };
            if (plain(hand) !== plain({ met, missed, running, excluded }))
              broken.push(`${cell}: told ${plain({ met, missed, running, excluded })}, by hand ${plain(hand)}`);
          }
        }
      }
    }
    for (const [cell, { met, missed, running, excluded }] of Object.entries(counted))
      if (met + missed + running + excluded > 0 && !told.has(cell)) broken.push(`${cell}: not told`);
    return broken;
  },
  spoilt: (subject) => ({ ...subject, cases: [] }),
};

const recomputed: Law = {
  name: 'figures are what a recomputation finds',
  async broken({ life }) {
    const started = await life.does('quality-manager', '/figures/rebuild', {});
    await life.cloud.clock.settle();
    await life.cloud.clock.advance({ by: 2 * HOUR });
    const { status, differences, examples } =
      (await life.sees('quality-manager', `/figures/rebuild/${started?.id}`)) ?? {};
    if (status !== 'done') return [`the rebuild is ${status}`];
    return differences === 0 ? [] : [`${differences} differences: ${JSON.stringify(examples).slice(0, 600)}`];
  },
  async spoilt(subject) {
    const { cloud } = subject.life;
    const sum = (await itemsIn(cloud, 'reporting')).find(({ charged }) => typeof charged === 'number') as Item;
    await changesItem(cloud, 'reporting', { ...sum, charged: Number(sum.charged) + 1 });
    return subject;
  },
};

export const FIGURE_LAWS: readonly Law[] = [proven, byHand, recomputed];
