import { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Aws } from '../../../../../shared/aws/aws.ts';
import { enqueueTo } from '../../../../../shared/aws/queue.ts';
import { evidenceIn } from '../../../../../shared/journal/evidence.ts';
import { queue } from '../../../../../shared/lambda/queue.ts';
import { wireLetters } from '../../read-store.ts';
import { payersIn, runMailsIn } from '../../store.ts';
import { mailer } from '../mailer.ts';
import { paceIn } from '../pace-store.ts';
import { sendLettersWith } from '../ses.ts';

export const entry = (aws: Aws) => {
  const wired = wireLetters(aws);
  const { billing } = wired;
  // One attempt: a call that is repeated may be a second mail. One that hangs must not take the others with it.
  const ses = aws.client(
    SESClient,
    () => new SESClient({ maxAttempts: 1, requestHandler: { connectionTimeout: 3_000, requestTimeout: 20_000 } }),
  );
  return queue(
    mailer({
      ...wired,
      payers: payersIn(billing),
      runMails: runMailsIn(billing),
      evidence: evidenceIn(billing),
      pace: paceIn(billing, Number(aws.required('MAIL_PER_SECOND'))),
      enqueue: enqueueTo(
        aws.client(SQSClient, () => new SQSClient({})),
        aws.required('LETTER_QUEUE_URL'),
      ),
      send: sendLettersWith(ses, { from: aws.required('MAIL_FROM'), set: aws.required('CONFIGURATION_SET') }),
      apiUrl: aws.required('API_URL'),
    }),
  );
};
