import { arn, byLogicalId, type ResourceType } from '../resource.ts';
import { ENCRYPTION, LABELS, OBSERVED, USED } from '../shape.ts';

export const lambdaTypes: Record<string, ResourceType> = {
  'AWS::Lambda::Function': {
    shape: {
      FunctionName: USED,
      Code: { S3Bucket: 'no effect: found by the key', S3Key: USED },
      Handler: USED,
      Runtime: ['nodejs24.x'],
      // JavaScript runs the same on this machine's processor.
      Architectures: ['arm64', 'x86_64'],
      PackageType: ['Zip'],
      MemorySize: USED,
      Timeout: USED,
      Environment: { Variables: USED },
      Role: USED,
      ReservedConcurrentExecutions: USED,
      DeadLetterConfig: { TargetArn: USED },
      Description: LABELS,
      Tags: LABELS,
      TracingConfig: OBSERVED,
      LoggingConfig: {
        LogGroup: OBSERVED,
        LogFormat: ['JSON', 'Text'],
        SystemLogLevel: USED,
        ApplicationLogLevel: OBSERVED,
      },
      KmsKeyArn: ENCRYPTION,
      RuntimeManagementConfig: 'no effect: patching',
    },
    identify: (self) => {
      const name = self.name('FunctionName', 64);
      return { ref: name, attributes: { Arn: arn(self, 'lambda', `function:${name}`) } };
    },
  },
  'AWS::Lambda::EventSourceMapping': {
    shape: {
      EventSourceArn: USED,
      FunctionName: USED,
      BatchSize: USED,
      MaximumBatchingWindowInSeconds: USED,
      StartingPosition: ['TRIM_HORIZON', 'LATEST'],
      ParallelizationFactor: USED,
      MaximumRetryAttempts: USED,
      MaximumRecordAgeInSeconds: USED,
      BisectBatchOnFunctionError: USED,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      FilterCriteria: { Filters: { Pattern: USED } },
      DestinationConfig: { OnFailure: { Destination: USED } },
      ScalingConfig: { MaximumConcurrency: USED },
      Enabled: [true],
      MetricsConfig: OBSERVED,
      KmsKeyArn: ENCRYPTION,
      Tags: LABELS,
    },
    identify: byLogicalId,
  },
  'AWS::Lambda::Permission': {
    shape: {
      Action: ['lambda:InvokeFunction'],
      FunctionName: USED,
      Principal: USED,
      SourceArn: USED,
      SourceAccount: USED,
    },
    identify: byLogicalId,
  },
  'AWS::Lambda::EventInvokeConfig': {
    shape: {
      FunctionName: USED,
      Qualifier: ['$LATEST'],
      MaximumRetryAttempts: USED,
      MaximumEventAgeInSeconds: USED,
      DestinationConfig: { OnFailure: { Destination: USED } },
    },
    identify: byLogicalId,
  },
};
