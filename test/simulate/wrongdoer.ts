import { addDays, HOUR, iso, localDay } from '../../shared/time/clock.ts';
import type { Site } from './group.ts';
import type { Life } from './life.ts';

const SAID = { words: 'So it was.' };
const REASON = { reason: 'So it was.' };

/** One who does wrong on purpose; each of these has to be refused, whatever happens meanwhile. */
export const doesWrong = async (life: Life, site: Site): Promise<void> => {
  const { chance, cloud } = life;
  const { staff } = site;
  const now = cloud.clock.now();
  const today = localDay(now, site.zone);
  const here = `/sites/${site.id}`;
  const accounts = (await life.reads(staff.finance, `${here}/accounts?state=open&limit=100`))?.items ?? [];
  if (accounts.length === 0) return;
  const account = chance.pick<{ id: string; unit: string; creditFen: number; debts: { bill: string }[] }>(accounts);
  const path = `${here}/accounts/${account.id}`;
  const wrongly = (sub: string, where: string, body: object) => life.wrongly(sub, where, body);
  const pays = (fen: number, more: object = {}) =>
    wrongly(staff.agent, `${path}/payments`, { fen, method: 'cash', ...more });
  /** Asks as the manager, and agrees as the same. */
  const decidesOwn = async (what: string, duty: string, body: object) => {
    const asked = await life.does(staff.manager, `${path}/${what}`, body);
    const id = asked?.asked?.findLast((one: { duty: string }) => one.duty === duty)?.id;
    if (!id) return;
    await wrongly(staff.manager, `${path}/${what}/decide`, { [duty]: id, agree: true, ...SAID });
    await life.does(staff.director, `${path}/${what}/decide`, { [duty]: id, agree: false, ...SAID });
  };
  const deeds: (() => Promise<unknown>)[] = [
    () => pays(100, { paidOn: addDays(today, 3) }),
    () => pays(-100),
    () => pays(1.5),
    () => wrongly(`${site.id}-nobody`, `${path}/payments`, { fen: 100, method: 'cash' }),
    () => wrongly(staff.finance, `${path}/refunds`, { fen: account.creditFen + 1, method: 'cash', ...REASON }),
    () => wrongly(staff.agent, `${path}/reversals`, { payment: 'pay_1', ...REASON }),
    () => wrongly(staff.agent, `${path}/holds`, { kind: 'promise', until: addDays(today, -1), ...REASON }),
    () => wrongly(staff.agent, `${here}/policies`, { overrides: { callbackHours: 24 } }),
    // A site may tighten, never loosen.
    () => wrongly('admin', `${here}/policies`, { overrides: { callbackHours: 72 } }),
    async () => {
      const other = life.sites.find(({ id }) => id !== site.id);
      if (other) await wrongly(other.staff.agent, `${path}/payments`, { fen: 100, method: 'cash' });
    },
    async () => {
      const [debt] = account.debts;
      if (debt) await decidesOwn('waivers', 'waiver', { bill: debt.bill, fen: 1, ...REASON });
    },
    () => decidesOwn('holds', 'hold', { kind: 'hardship', until: addDays(today, 9), ...REASON }),
    async () => {
      const { items = [] } = (await life.reads(staff.finance, `${path}/payments?limit=20`)) ?? {};
      if (items.length === 0) return;
      const body = { payment: chance.pick<{ payment: string }>(items).payment, ...REASON };
      // Once is right, or refused already; a second time never.
      await life.does(staff.director, `${path}/reversals`, body);
      await wrongly(staff.director, `${path}/reversals`, body);
    },
    async () => {
      const from = addDays(`${today.slice(0, 7)}-28`, 5).slice(0, 7);
      const body = { unit: account.unit, item: 'management', fen: 100, ...REASON };
      const days = { from: `${from}-01`, to: addDays(`${from}-01`, 60) };
      const made = await life.does(staff.manager, `${here}/exemptions`, { ...body, ...days });
      if (made) await wrongly(staff.manager, `${here}/exemptions/${made.id}/decide`, { agree: true, ...SAID });
      if (made) await life.does(staff.director, `${here}/exemptions/${made.id}/decide`, { agree: false, ...SAID });
    },
    async () => {
      // A complaint about the supervisor, which the supervisor judges.
      const supervisor = site.staffIds[2];
      const made = await life.does(staff.agent, `${here}/contacts`, {
        channel: 'visit',
        outcome: { as: 'complaint', kind: 'attitude', department: 'security', ...SAID, about: { staff: supervisor } },
      });
      if (!made?.complaint) return;
      await cloud.clock.settle();
      await wrongly(staff.supervisor, `${here}/complaints/${made.complaint}/judge`, { valid: true });
      await life.does(staff.manager, `${here}/complaints/${made.complaint}/judge`, { valid: true });
    },
    async () => {
      const made = await life.does(staff.agent, `${here}/contacts`, { channel: 'visit' });
      if (made) await wrongly(staff.agent, `${here}/contacts/${made.id}/promise`, { replyBy: iso(now - HOUR) });
    },
  ];
  await chance.pick(deeds)();
};
