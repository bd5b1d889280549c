import { HOUR, MINUTE } from '../../shared/time/clock.ts';
import { type Desk, SITE } from './group.ts';

/** A complaint on its way; `id` is known once it is taken. */
export interface Case {
  n: string;
  id: string;
}

/** One command of a complaint's life. */
export interface CaseStep {
  name: string;
  /** Clock time that passes before it, ms. */
  after: number;
  run(desk: Desk, one: Case): Promise<unknown>;
}

const WORDS = '2号楼电梯三天没修好，老人上下楼很不方便，请尽快处理并回电。';

const command = (name: string, by: keyof Desk, body: unknown, after: number): CaseStep => ({
  name,
  after,
  run: (desk, { n, id }) => desk[by].post(`/sites/${SITE}/complaints/${id}/${name}`, body, `${n}-${name}`),
});

/** An ordinary complaint, in time at every step: from the call that rings to the signature. */
export const LIFECYCLE: readonly CaseStep[] = [
  {
    name: 'take',
    after: 0,
    async run(desk, one) {
      const outcome = { as: 'complaint', kind: 'maintenance', department: 'works', words: WORDS };
      const body = { channel: 'call', rings: 2, outcome };
      const taken = await desk.agent.post(`/sites/${SITE}/contacts`, body, `${one.n}-take`);
      one.id = taken.complaint;
    },
  },
  command('judge', 'supervisor', { valid: true }, 10 * MINUTE),
  command('accept', 'head', {}, 10 * MINUTE),
  command('investigate', 'head', { findings: '门机故障，配件已订，明天上午到货。' }, 2 * HOUR),
  command('resolve', 'head', { result: '已更换门机，电梯恢复运行，观察两天。' }, 19 * HOUR),
  {
    name: 'call back',
    after: 20 * HOUR,
    run: (desk, { n, id }) =>
      desk.other.post(
        `/sites/${SITE}/callbacks/cbk_${id.slice('cmp_'.length)}-1/attempts`,
        { outcome: 'reached', rating: 5 },
        `${n}-call-back`,
      ),
  },
  command('sign', 'head', { feedback: '已复查，运行正常，感谢业主监督。' }, 4 * HOUR),
];

/** After this much more, the last timer has woken and ended. */
export const UNTIL_QUIET = 40 * HOUR;
