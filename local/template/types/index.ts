import type { ResourceType } from '../resource.ts';
import { apiTypes } from './api.ts';
import { dynamodbTypes } from './dynamodb.ts';
import { iamTypes } from './iam.ts';
import { lambdaTypes } from './lambda.ts';
import { messagingTypes } from './messaging.ts';
import { otherTypes } from './others.ts';
import { storageTypes } from './storage.ts';

/** Every resource type the local cloud knows. */
export const RESOURCE_TYPES: ReadonlyMap<string, ResourceType> = new Map(
  Object.entries({
    ...dynamodbTypes,
    ...lambdaTypes,
    ...iamTypes,
    ...messagingTypes,
    ...apiTypes,
    ...storageTypes,
    ...otherTypes,
  }),
);
