import type { MemoryCloud } from '../../../local/in-memory/cloud.ts';
import { iso } from '../../../shared/time/clock.ts';
import type { Case } from '../../support/tables.ts';
import type { Law } from './law.ts';
import { cloudWith, livingWith } from './spoilt.ts';

const nothingLost: Law = {
  name: 'nothing is given up',
  often: true,
  broken: ({ life: { cloud } }) => [
    ...cloud.dropped(),
    ...cloud.deadLetters().flatMap(({ queue, messages }) => messages.map(({ body }) => `${queue}: ${reasonOf(body)}`)),
  ],
  spoilt: cloudWith(() => ({ dropped: () => ['an event'] })),
};
/** Of an event that an instance was given three times, why; else what was given up. */
const reasonOf = (body: unknown): string => {
  const { requestContext, responsePayload, requestPayload } = body as Record<string, Record<string, unknown>>;
  const { errorType, errorMessage, trace } = responsePayload ?? {};
  const why = [requestContext?.functionArn, errorType, errorMessage, trace].filter(Boolean).join(' ');
  return `${why.slice(0, 1200)} ${JSON.stringify(requestPayload ?? body).slice(0, 300)}`;
};

/** A relay that fails for a while brings what an event follows later than the event. */
const isRelay = (arn: string, { deployment }: MemoryCloud): boolean =>
  deployment.functions.some((fn) => fn.arn === arn && fn.environment.FUNCTION?.endsWith('-relay'));

/** What strikes a call now and then is got over by what AWS tries again: only an outage outlasts that. */
const gotOver: Law = {
  name: 'nothing but an outage makes a dead letter',
  often: true,
  broken: ({ life: { cloud, deadLetters, outages } }) => {
    const ofRelays = outages.filter((outage) => isRelay(outage.fn, cloud));
    return deadLetters.flatMap(({ fn, from, until, why }) => {
      const possible = [...outages.filter((outage) => outage.fn === fn.arn), ...ofRelays];
      return possible.some((outage) => outage.from <= until && outage.until >= from)
        ? []
        : [`${fn.path} at ${iso(until)}: ${why.slice(0, 600)}`];
    });
  },
  spoilt: livingWith(() => ({ outages: [] })),
};

const onTheBus: Law = {
  name: 'each event reaches the bus',
  often: true,
  broken: ({ cases, life }) =>
    cases.flatMap(({ events }) => events.flatMap(({ id, name }) => (life.published.has(id) ? [] : [`${id} ${name}`]))),
  spoilt: livingWith(() => ({ published: new Set() })),
};

// biome-ignore lint/suspicious/noExplicitAny: a journal is read here as it lies there
type Told = Record<string, any>;
const told = (cases: readonly Case[], name: string) =>
  cases.flatMap(({ id, events }) =>
    events.flatMap((event) => (event.name === name ? [{ id, data: event.data as Told }] : [])),
  );

const takenUp: Law = {
  name: 'what one service says the next takes up',
  often: true,
  broken({ cases }) {
    const known = new Set(cases.map(({ id }) => id));
    const wanted = [
      ...told(cases, 'contact.routed').flatMap(({ id, data }) =>
        data.as === 'complaint' ? [`${id.replace('con_', 'cmp_')}`] : [],
      ),
      ...told(cases, 'complaint.resolved').map(({ id, data }) => `${id.replace('cmp_', 'cbk_')}-${data.ordinal}`),
    ];
    return wanted.flatMap((id) => (known.has(id) ? [] : [`${id} was never opened`]));
  },
  spoilt: (subject) => ({
    ...subject,
    cases: subject.cases.filter(({ type }) => type.type !== 'callback'),
  }),
};

export const BUS_LAWS: readonly Law[] = [nothingLost, gotOver, onTheBus, takenUp];
