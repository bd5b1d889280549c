import { fresh } from './keys.ts';
import type { World } from './world.ts';

/** The demo group's lakeside gets one of whatever the API can ask for: money paid and unclaimed, a service, a discount, a plan. */
export const livesAMonth = async (world: World): Promise<void> => {
  const [agent, supervisor, manager, director] = await Promise.all(
    ['agent-1', 'supervisor', 'manager', 'director'].map((position) => world.lakeside.callerAt(position)),
  );
  const site = '/sites/lakeside';
  const today = new Date(world.cloud.clock.now()).toISOString().slice(0, 10);
  const { items } = (await manager?.get(`${site}/accounts?limit=1`)) ?? {};
  const [{ id: account, unit }] = items;
  await agent?.post(`${site}/accounts/${account}/payments`, { fen: 100, method: 'cash' }, fresh());
  await agent?.post(`${site}/accounts/${account}/mandate`, { token: 'mandate-1', bank: 'icbc' }, fresh());
  const service = { service: 'pipe-repair', department: 'engineering', words: '水龙头滴水。', unit };
  await agent?.post(`${site}/slips`, { ...service, appointedAt: `${today}T14:00:00+08:00` }, fresh());
  const content = Buffer.from(`日期,贷方发生额,对方户名,流水号\n${today},88.00,王五,T1`).toString('base64');
  await supervisor?.post(`${site}/statements`, { content }, fresh());
  const discount = { unit, item: 'management', percent: 10, from: today, to: today, reason: '空置' };
  await agent?.post(`${site}/exemptions`, discount, fresh());
  const plan = { period: today.slice(0, 7), topic: 'Q3', words: '每晚核对未回访名单', role: 'centre-manager' };
  await director?.post(`${site}/improvements`, { ...plan, dueDay: '2026-12-31' }, fresh());
  await world.settle();
};
