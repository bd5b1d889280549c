import { HOUR } from '../../../shared/time/clock.ts';
import { type Law, twice } from './law.ts';
import { again, cloudWith } from './spoilt.ts';

const mailedOnce: Law = {
  name: 'a letter is mailed once, and a reminder to nobody who asked for none',
  often: true,
  async broken({ life, cases }) {
    const letters = (await life.cloud.mail()).flatMap(({ tags, to, at, outcome }) =>
      tags.letter === undefined ? [] : to.map((one) => ({ to: one, at, letter: tags.letter, outcome })),
    );
    const must = new Set(
      cases.flatMap(({ id, head }) => ((head.state as { mandatory?: boolean }).mandatory ? [id] : [])),
    );
    const complained = new Map<string, number>();
    const after = letters.flatMap(({ to, at, letter = '', outcome }) => {
      const since = complained.get(to);
      if (outcome === 'complained' && since === undefined) complained.set(to, at);
      const unwanted = since !== undefined && at > since + HOUR && !must.has(letter);
      return unwanted ? [`${letter} to ${to}, who complained at ${new Date(since).toISOString()}`] : [];
    });
    return [...twice(letters.map(({ letter, to }) => `${letter} ${to}`)), ...after];
  },
  spoilt: cloudWith((cloud) => ({
    mail: async () => [...(await cloud.mail()), ...(await cloud.mail())],
  })),
};

const toldOnce: Law = {
  name: 'what the mail service tells of a letter is recorded once',
  often: true,
  broken: ({ cases }) =>
    twice(
      cases.flatMap(({ id, events }) =>
        events
          .filter(({ name }) => /^letter\.(delivered|bounced|complained)$/.test(name))
          .map(({ name, data }) => `${id} ${name}${(data as { hard?: boolean }).hard ? ' for good' : ''}`),
      ),
    ),
  spoilt: again('letter'),
};

export const MAIL_LAWS: readonly Law[] = [mailedOnce, toldOnce];
