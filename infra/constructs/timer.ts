import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Choice,
  Condition,
  DefinitionBody,
  StateMachine,
  StateMachineType,
  Succeed,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { ServiceFunction } from './service-function.ts';

/**
 * The clock wakes, the service decides: wait until the next wake-up, wake it up, and again while there is one within the horizon.
 * It starts with the first wake-up, which costs one transition less per timer than asking for it (see docs/adr/0003).
 */
export class ObligationTimer extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, wakeUp: ServiceFunction) {
    super(scope, id);
    const wait = new Wait(this, 'Until the next wake-up', { time: WaitTime.timestampPath('$.wakeAt') });
    const ask = new LambdaInvoke(this, 'Ask the service', {
      lambdaFunction: wakeUp.fn,
      payloadResponseOnly: true,
      retryOnServiceExceptions: false,
    });
    ask.addRetry({ errors: ['States.ALL'], interval: Duration.seconds(10), maxAttempts: 6, backoffRate: 3 });
    const again = new Choice(this, 'Another wake-up?')
      .when(Condition.booleanEquals('$.again', true), wait)
      .otherwise(new Succeed(this, 'Nothing left to wake up for'));
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [wakeUp.fn.functionArn] }));
    this.machine = new StateMachine(this, 'Machine', {
      definitionBody: DefinitionBody.fromChainable(wait.next(ask).next(again)),
      stateMachineType: StateMachineType.STANDARD,
      role: role.withoutPolicyUpdates(),
    });
    acknowledge(
      this.machine,
      'AwsSolutions-SF1',
      'Step Functions keeps the history of standard executions for 90 days, and the journal says what came of each wake-up; a second copy in a log would cost more than the timer.',
    );
    acknowledge(
      this.machine,
      'AwsSolutions-SF2',
      'One Lambda task; the function logs the id it woke, which is what one would look for in a trace.',
    );
  }

  /** Lets a function start timers and tells it which machine. */
  startedBy(starter: ServiceFunction): this {
    starter.allow(['states:StartExecution'], [this.machine.stateMachineArn], {
      MACHINE_ARN: this.machine.stateMachineArn,
    });
    return this;
  }
}
