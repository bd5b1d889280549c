import { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';
import { enqueueTo } from '../../../../../shared/aws/queue.ts';
import { timely } from '../../../../../shared/aws/timely.ts';
import { required, wire } from '../../../../../shared/aws/wiring.ts';
import { evidenceIn } from '../../../../../shared/journal/evidence.ts';
import { queue } from '../../../../../shared/lambda/queue.ts';
import { personalReader } from '../../../../../shared/people/personal.ts';
import { feesIn } from '../../../tariffs/contract-store.ts';
import { namesFrom } from '../../read-store.ts';
import { lettersIn, payersIn, runMailsIn } from '../../store.ts';
import { mailer } from '../mailer.ts';
import { paceIn } from '../pace-store.ts';
import { sendWith } from '../ses.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry, clock } = wired;
// One attempt: a call that is repeated may be a second mail. One that hangs must not take the others with it.
const ses = timely(
  new SESClient({ maxAttempts: 1, requestHandler: { connectionTimeout: 3_000, requestTimeout: 20_000 } }),
);
export const handler = queue(
  mailer({
    ...wired,
    letters: lettersIn(tables),
    payers: payersIn(tables),
    runMails: runMailsIn(tables),
    personal: personalReader(tables),
    evidence: evidenceIn(tables),
    directory: { doc, registry },
    names: namesFrom(feesIn(tables), clock),
    pace: paceIn(tables, Number(required('MAIL_PER_SECOND'))),
    enqueue: enqueueTo(timely(new SQSClient({})), required('LETTER_QUEUE_URL')),
    send: sendWith(ses, { from: required('MAIL_FROM'), set: required('CONFIGURATION_SET') }),
    apiUrl: required('API_URL'),
  }),
);
