import {
  DynamoDBServiceException,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { EventBridgeServiceException } from '@aws-sdk/client-eventbridge';
import { S3ServiceException } from '@aws-sdk/client-s3';
import { SESServiceException } from '@aws-sdk/client-ses';
import { SFNServiceException } from '@aws-sdk/client-sfn';
import { SQSServiceException } from '@aws-sdk/client-sqs';
import type { AwsError } from '../aws-error.ts';
import type { Service } from '../gateway/request.ts';

const EXCEPTIONS = {
  dynamodb: DynamoDBServiceException,
  dynamodbstreams: DynamoDBServiceException,
  events: EventBridgeServiceException,
  states: SFNServiceException,
  sqs: SQSServiceException,
  ses: SESServiceException,
  s3: S3ServiceException,
};

export const overRate = (): Error =>
  new ProvisionedThroughputExceededException({ message: 'injected', $metadata: { httpStatusCode: 400 } });

/** A refusal of the local cloud as the SDK throws it. */
export const thrown = (service: Service, { code, message, status }: AwsError, extra: object = {}): Error => {
  const $metadata = { httpStatusCode: status };
  if (code === 'TransactionCanceledException')
    return new TransactionCanceledException({ message, $metadata, ...extra });
  if (code === 'ProvisionedThroughputExceededException') return overRate();
  const Exception = EXCEPTIONS[service];
  return new Exception({ name: code, message, $metadata, $fault: status < 500 ? 'client' : 'server' });
};

/** The connection is lost before there is an answer. */
export const noAnswer = (): Error => Object.assign(new Error('no answer'), { name: 'TimeoutError' });

const PASSING = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'Throttling',
  'SlowDown',
  'InternalServerError',
  'TimeoutError',
]);

/** Whether a client tries again by itself, until it has tried often enough. */
export const isPassing = (error: unknown): boolean => PASSING.has((error as Error).name);
