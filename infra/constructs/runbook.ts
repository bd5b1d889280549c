import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

const kebab = (id: string) => id.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();

/** An alarm's text: what it means for people, and the heading of the runbook that says what to do. */
export const alarmText = (alarmed: Construct, errorImpact: string, file: 'functions' | 'dead-letters'): string => {
  const stack = kebab(Stack.of(alarmed).stackName.replace(/^Huiyin/, ''));
  return `${errorImpact} Runbook: docs/runbooks/${file}.md#${stack}-${kebab(alarmed.node.id)}`;
};
