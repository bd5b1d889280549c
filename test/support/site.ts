import type { Answer, Caller } from '../../local/client.ts';
import type { AnyCloud } from '../../local/in-memory/any-cloud.ts';
import { fresh } from './keys.ts';

interface Around {
  cloud: AnyCloud;
  as(sub: string): Promise<Caller>;
}

/** Who does it, under which key; as a rule the usual position, under a fresh one. */
export interface By {
  /** A position of the site: `agent-1`, `supervisor`, `engineering`, … */
  by?: string;
  key?: string;
}

/** What can come in the callback: reached with five of five, unless it says otherwise. */
export interface Called extends By {
  ordinal?: number;
  [said: string]: unknown;
}

/** The id of the contact a complaint came from, and of the callback about one of its resolutions. */
export const contactOf = (complaint: string): string => complaint.replace(/^cmp_/, 'con_');
export const callbackOf = (complaint: string, ordinal = 1): string =>
  `${complaint.replace(/^cmp_/, 'cbk_')}-${ordinal}`;

/** A site, and what its people do; every command is settled before the next, unless its name says `only`. */
export type Site = ReturnType<typeof siteOf>;

export const siteOf = ({ cloud, as }: Around, site: string) => {
  const callerAt = (name: string) => as(`${site}-${name}`);
  /** Sends a command and nothing more. */
  const only = async (path: string, body: unknown, { by = 'agent-1', key = fresh() }: By = {}): Promise<Answer> =>
    (await callerAt(by)).post(`/sites/${site}/${path}`, body, key);
  const settled = async (path: string, body: unknown, by: By): Promise<Answer> => {
    const answer = await only(path, body, by);
    await cloud.clock.settle();
    return answer;
  };
  const get = async (path: string, by = 'supervisor'): Promise<Answer> =>
    (await callerAt(by)).get(`/sites/${site}/${path}`);
  const onComplaint = (id: string, command: string, body: unknown, by: By) =>
    settled(`complaints/${id}/${command}`, body, by);

  const verbs = {
    site,
    callerAt,
    only,
    get,
    /** A call, answered at the second ring unless it says otherwise. */
    takesCall: (said: Record<string, unknown> = {}, by: By = {}) =>
      settled('contacts', { channel: 'call', rings: 2, ...said }, by),
    /** A call that is a complaint; gives the complaint's id. */
    takesComplaint: async (said: Record<string, unknown> = {}, by: By = {}): Promise<string> => {
      const outcome = {
        as: 'complaint',
        kind: 'maintenance',
        department: 'engineering',
        words: 'The lift stands still.',
      };
      const { complaint } = await verbs.takesCall({ outcome: { ...outcome, ...said } }, by);
      return complaint;
    },
    onContact: (id: string, command: string, body: unknown, by: By = {}) =>
      settled(`contacts/${id}/${command}`, body, by),
    judges: (id: string, outcome: unknown = { valid: true }, { by = 'supervisor', ...rest }: By = {}) =>
      onComplaint(id, 'judge', outcome, { by, ...rest }),
    accepts: (id: string, { by = 'engineering', ...rest }: By = {}) => onComplaint(id, 'accept', {}, { by, ...rest }),
    investigates: (id: string, found: object = {}, { by = 'engineering', ...rest }: By = {}) =>
      onComplaint(id, 'investigate', { findings: 'The drive is worn.', ...found }, { by, ...rest }),
    resolves: (id: string, { by = 'engineering', ...rest }: By = {}) =>
      onComplaint(id, 'resolve', { result: 'It runs again.' }, { by, ...rest }),
    signs: (id: string, { by = 'engineering', ...rest }: By = {}) =>
      onComplaint(id, 'sign', { feedback: 'Checked again.' }, { by, ...rest }),
    onComplaint: (id: string, command: string, body: unknown, by: string) => onComplaint(id, command, body, { by }),
    /** From the call to the result. */
    resolvedComplaint: async (said: Record<string, unknown> = {}): Promise<string> => {
      const id = await verbs.takesComplaint(said);
      await verbs.judges(id);
      await verbs.accepts(id);
      await verbs.investigates(id);
      await verbs.resolves(id);
      return id;
    },
    callsBack: (complaint: string, { ordinal = 1, by = 'agent-2', key = fresh(), ...said }: Called = {}) => {
      const reached = said.outcome === undefined || said.outcome === 'reached';
      const attempt = { outcome: 'reached', ...(reached ? { rating: 5 } : {}), ...said };
      return settled(`callbacks/${callbackOf(complaint, ordinal)}/attempts`, attempt, { by, key });
    },
    onCallback: (complaint: string, command: string, body: unknown, by: string, ordinal = 1) =>
      settled(`callbacks/${callbackOf(complaint, ordinal)}/${command}`, body, { by }),
    contact: (id: string, by?: string) => get(`contacts/${id}`, by),
    complaint: (id: string, by?: string) => get(`complaints/${id}`, by),
    callback: (complaint: string, ordinal = 1, by?: string) => get(`callbacks/${callbackOf(complaint, ordinal)}`, by),
    /** A measure of one site-local day in numbers. */
    figure: async (measure: string, day: string) => {
      const { total } = await get(`figures?from=${day}&to=${day}&by=day`);
      const { due, met, missed, running, excluded } = total[measure];
      return { due, met, missed, running, excluded };
    },
    /** The cases behind a figure of a day: what they are about, and where they stand. */
    cases: async (measure: string, day: string): Promise<Answer[]> =>
      (await get(`figures/${measure}/cases?day=${day}&limit=100`)).items,
    /** Where a contact, complaint or callback stands in a measure of a day: `met`, `missed: why`, … */
    standing: async (measure: string, day: string, id: string): Promise<string | undefined> => {
      const cases = await verbs.cases(measure, day);
      const found = cases.find(({ contact, complaint, callback }) => [contact, complaint, callback].includes(id));
      return found && [found.state, found.why, found.flag].filter(Boolean).join(': ');
    },
  };
  return verbs;
};

/** A figure in numbers, those left out being 0; `due` follows. */
export const figure = ({ met = 0, missed = 0, running = 0, excluded = 0 }) => ({
  due: met + missed + running,
  met,
  missed,
  running,
  excluded,
});
