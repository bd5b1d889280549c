import { CfnOutput, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Match, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket, StorageClass } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { EVENTS_PREFIX } from '../services/open-data/objects.ts';
import { OURS } from '../shared/domain/events.ts';
import { acknowledge } from './constructs/acknowledge.ts';
import { ServiceStack } from './constructs/service-stack.ts';
import type { Platform } from './platform.ts';

/** The longest that Lambda gathers a batch: objects are few, and an event is exported within some minutes. */
const WINDOW = Duration.minutes(5);

/** Open data: every journal's events in a bucket, for questions that nobody thought of (docs/open-data.md). */
export class OpenDataStack extends ServiceStack {
  constructor(scope: Construct, platform: Platform) {
    super(scope, 'open-data', platform);
    const impact = 'Events are missing from the open data export; figures and cases are not affected.';

    const bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        {
          prefix: EVENTS_PREFIX,
          // What is seldom asked costs less and is read as fast; S3 leaves small objects where they are.
          transitions: [{ storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(90) }],
        },
      ],
    });
    acknowledge(
      bucket,
      'AwsSolutions-S1',
      'Who reads is told by CloudTrail, which an account has one of for all its buckets.',
    );
    new CfnOutput(this, 'OpenDataBucket', { value: bucket.bucketName });

    const dead = this.dead('not-exported', impact);
    const timeout = Duration.minutes(1);
    // Hidden for the window and six tries, as Lambda advises; tried for a day.
    const events = new Queue(this, 'Events', {
      enforceSSL: true,
      visibilityTimeout: Duration.minutes(12),
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: dead, maxReceiveCount: 120 },
    });
    new Rule(this, 'EverythingRule', {
      eventBus: platform.bus,
      description: 'open-data-export',
      eventPattern: { source: Match.prefix(OURS) },
      targets: [
        new SqsQueue(events, {
          message: RuleTargetInput.fromEventPath('$.detail'),
          deadLetterQueue: dead,
          retryAttempts: 30,
          maxEventAge: Duration.hours(24),
        }),
      ],
    });

    const exporter = this.fn('export', { errorImpact: impact, timeout })
      .allow(['s3:PutObject'], [bucket.arnForObjects(`${EVENTS_PREFIX}*`)], { EXPORT_BUCKET: bucket.bucketName })
      .allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [events.queueArn]);
    const bucketId = this.getLogicalId(bucket.node.defaultChild as CfnBucket);
    acknowledge(
      exporter,
      `AwsSolutions-IAM5[Resource::<${bucketId}.Arn>/${EVENTS_PREFIX}*]`,
      'It writes objects under a prefix of their own, named by what is in them.',
    );
    new SqsEventSource(events, {
      batchSize: 1000,
      maxBatchingWindow: WINDOW,
      maxConcurrency: 2,
      reportBatchItemFailures: true,
    }).bind(exporter.fn);
  }
}
