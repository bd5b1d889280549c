import type { Caller } from '../client.ts';
import type { Lived } from './group.ts';

/** A few matters of one morning: one settled, one promised, one handed on, one complaint closed, one to be called back. */
export const liveADay = async (
  cloud: Lived,
  callers: (sub: string) => Promise<Caller>,
  site: string,
  log: (line: string) => void,
) => {
  const as = (position: string) => callers(`${site}-${position}`);
  const [agent, other, supervisor, head] = await Promise.all([
    as('agent-1'),
    as('agent-2'),
    as('supervisor'),
    as('engineering'),
  ]);
  const key = (step: string) => `demo-day-${step}`;
  const contacts = `/sites/${site}/contacts`;
  const complaint = (id: string, command: string) => `/sites/${site}/complaints/${id}/${command}`;
  const call = { channel: 'call', rings: 2 };
  const lift = { as: 'complaint', kind: 'maintenance', department: 'engineering', words: '2号楼电梯三天没修好。' };
  const lamp = { as: 'complaint', kind: 'maintenance', department: 'engineering', words: '地下车库的灯不亮。' };

  await agent.post(contacts, { ...call, outcome: { settled: true, note: '询问缴费时间，已答复。' } }, key('settled'));
  const replyBy = new Date(cloud.clock.now() + 4 * 3_600_000).toISOString();
  await agent.post(
    contacts,
    { ...call, outcome: { as: 'repair', department: 'engineering', words: '厨房水管漏水。' }, promise: { replyBy } },
    key('repair'),
  );
  const { complaint: done } = await agent.post(contacts, { ...call, outcome: lift }, key('lift'));
  const { complaint: running } = await other.post(contacts, { ...call, rings: 5, outcome: lamp }, key('lamp'));
  await cloud.clock.settle();
  await supervisor.post(complaint(running, 'judge'), { valid: true }, key('lamp-judge'));
  await supervisor.post(complaint(done, 'judge'), { valid: true }, key('lift-judge'));
  await head.post(complaint(done, 'accept'), {}, key('lift-accept'));
  await head.post(complaint(done, 'investigate'), { findings: '门机故障，配件已到。' }, key('lift-investigate'));
  await head.post(complaint(done, 'resolve'), { result: '已更换门机，电梯恢复运行。' }, key('lift-resolve'));
  await cloud.clock.settle();
  const callback = `/sites/${site}/callbacks/cbk_${done.slice('cmp_'.length)}-1/attempts`;
  await other.post(callback, { outcome: 'reached', rating: 5 }, key('lift-callback'));
  await cloud.clock.settle();
  await head.post(complaint(done, 'sign'), { feedback: '已复查，运行正常。' }, key('lift-sign'));
  await head.post(complaint(running, 'accept'), {}, key('lamp-accept'));
  await head.post(complaint(running, 'investigate'), { findings: '灯具老化。' }, key('lamp-investigate'));
  await head.post(complaint(running, 'resolve'), { result: '已更换灯具。' }, key('lamp-resolve'));
  log(`${site}: a morning at the desk; one owner is still to be called back`);
};
