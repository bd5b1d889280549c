import { SESClient } from '@aws-sdk/client-ses';
import type { Aws } from '../../../shared/aws/aws.ts';
import { sendWith } from '../../../shared/aws/ses.ts';
import { wire } from '../../../shared/aws/wiring.ts';
import { queue } from '../../../shared/lambda/queue.ts';
import { holderOf, reachOf } from '../../../shared/people/access.ts';
import { personalReader } from '../../../shared/people/personal.ts';
import { mailer } from '../mailer.ts';
import { namesIn } from '../names.ts';
import { inboxIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('inbox');
  return queue(
    mailer({
      ...wired,
      inbox: inboxIn(tables),
      holder: ({ site, ...position }, staff) => holderOf(wired, site, position, staff, wired.clock()),
      reach: (staff, at) => reachOf(wired, staff, at),
      names: namesIn({ ...wired, personal: personalReader(tables) }),
      send: sendWith(
        aws.client(SESClient, () => new SESClient({})),
        aws.required('MAIL_FROM'),
      ),
    }),
  );
};
