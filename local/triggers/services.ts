import { AwsError } from '../aws-error.ts';
import type { Mailbox } from '../front/mailbox.ts';
import type { LocalServices } from '../gateway/services.ts';
import type { Objects } from '../objects.ts';
import type { Bus } from './bus.ts';
import type { Execution, Machines } from './machines.ts';

type Body = Record<string, unknown>;

/** What the gateway hands on: the services behind the SDK calls of the functions. */
export function createServices(parts: {
  bus: Bus;
  machines: Machines;
  sqs(action: string, body: Body): unknown;
  mailbox: Mailbox;
  objects: Objects;
}): LocalServices {
  const { bus, machines, sqs, mailbox, objects } = parts;
  return {
    putEvents: async (entries) => bus.put(entries),
    async startExecution(machineArn, name, input) {
      const { arn, startedAt } = machines.start(machineArn, name, input);
      return { executionArn: arn, startDate: startedAt / 1000 };
    },
    stepFunctions: async (action, body) => stepFunctions(machines, action, body),
    sqs: async (action, body) => sqs(action, body),
    objects,
    sendEmail: (form) => mailbox.send(form),
  };
}

function stepFunctions(machines: Machines, action: string, body: Body): unknown {
  switch (action) {
    case 'DescribeExecution':
      return { ...summary(machines.execution(String(body.executionArn))), ...details(machines, body) };
    case 'StopExecution': {
      machines.execution(String(body.executionArn)).abort('ABORTED');
      return { stopDate: machines.execution(String(body.executionArn)).stoppedAt! / 1000 };
    }
    case 'ListExecutions': {
      const wanted = machines
        .list()
        .filter(
          ({ machine, status }) => machine.arn === body.stateMachineArn && status === (body.statusFilter ?? status),
        );
      return {
        executions: wanted
          .reverse()
          .slice(0, Number(body.maxResults ?? 1000))
          .map(summary),
      };
    }
    default:
      throw new AwsError('UnknownOperationException', `The local cloud does not know states:${action}`);
  }
}

function summary(execution: Execution): Body {
  const { arn, name, machine, status, startedAt, stoppedAt } = execution;
  return {
    executionArn: arn,
    name,
    stateMachineArn: machine.arn,
    status,
    startDate: startedAt / 1000,
    ...(stoppedAt === undefined ? {} : { stopDate: stoppedAt / 1000 }),
  };
}

function details(machines: Machines, body: Body): Body {
  const { input, output, error, cause } = machines.execution(String(body.executionArn));
  return { input, output, error, cause };
}
