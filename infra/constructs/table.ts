import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { EXPIRES, type TableDef } from '../../shared/aws/table.ts';

/** What a function may do with a table, in the words of its code; each is the least that the code needs. */
const GRANTS = {
  /** Execute commands: read the head and the key, write the transaction, render an answer again. */
  command: { actions: ['GetItem', 'BatchGetItem', 'PutItem', 'Query'] },
  /** Say what is due: read the head, write the transaction. */
  'wake-up': { actions: ['GetItem', 'PutItem'] },
  /** Read items by key and by partition. */
  read: { actions: ['GetItem', 'Query'] },
  get: { actions: ['GetItem'] },
  query: { actions: ['Query'] },
  'read-many': { actions: ['BatchGetItem'] },
  write: { actions: ['PutItem'] },
  update: { actions: ['UpdateItem'] },
  remove: { actions: ['DeleteItem'] },
  check: { actions: ['ConditionCheckItem'] },
  scan: { actions: ['Scan'] },
  /** Forget under which reference of a bank a payment was entered that is refused. */
  'forget-references': { actions: ['DeleteItem'], leadingKeys: ['*#reference#*'] },
  /** Whose money that waits to be claimed probably is: known by then. */
  'forget-proposals': { actions: ['DeleteItem'], leadingKeys: ['*#proposed#*'] },
  /** Draw the next number of a day. */
  numbers: { actions: ['UpdateItem'], leadingKeys: ['*#numbers'] },
  /** Count what one person may do only so often. */
  limits: { actions: ['PutItem', 'UpdateItem'], leadingKeys: ['*#limit#*'] },
  /** Tell an address that another took its place, once. */
  'addresses-left': { actions: ['GetItem', 'PutItem', 'UpdateItem'], leadingKeys: ['*#left#*'] },
  /** A letter that was on paper is handed over, or not to be: its accounts lead to it no more. */
  'letters-on-paper': { actions: ['DeleteItem'], leadingKeys: ['*#paper#*'] },
  /** Forget which line of a statement a payment was that is reversed. */
  'forget-lines': { actions: ['DeleteItem'], leadingKeys: ['*#remitted#*'] },
  /** Start a rebuild of the figures and read how far it is; nothing else of that table. */
  rebuilds: { actions: ['GetItem', 'PutItem', 'Query'], leadingKeys: ['rebuild#*'] },
  /** Mark a month's counts as signed. */
  'month-marks': { actions: ['UpdateItem'], leadingKeys: ['*#months'] },
  /** Question a letter, as whoever has its link: that letter, and the keys of commands that everybody may give. */
  question: {
    actions: ['GetItem', 'BatchGetItem', 'PutItem', 'Query'],
    leadingKeys: ['*#letter#*', '*#key#everybody#*'],
  },
  /** Over how many partitions the due index is spread, for a function that may write journals but not read all. */
  'due-partitions': { actions: ['GetItem'], leadingKeys: ['due'] },
  /** What the page of a letter says besides the letter: whose link it is, and what fees are called. */
  'letter-page': { actions: ['GetItem', 'BatchGetItem', 'Query'], leadingKeys: ['link#*', '*#schedule#*'] },
  /** Read reports: which editions there are, what they say, and which a link opens. */
  'report-pages': { actions: ['GetItem', 'Query'], leadingKeys: ['*#report#*', '*#content#*', 'link#*'] },
  /** How many alerts a site had in a month. */
  'alert-counts': { actions: ['GetItem'], leadingKeys: ['*#alerts'] },
  /** What the registry publishes for every service: sites and policies. Nothing else of that table. */
  published: { actions: ['GetItem', 'Query'], leadingKeys: ['sites', 'policy#*'] },
  /** Who may do what, for the functions that people call. */
  access: { actions: ['GetItem'], leadingKeys: ['access#*'] },
  /** Who holds a position at a site, to tell them something. */
  roster: { actions: ['Query'], leadingKeys: ['roster#*'] },
  /** One holder of a position, to mail them. */
  'roster-item': { actions: ['GetItem'], leadingKeys: ['roster#*'] },
  /** How a member of staff is reached and called, whatever positions they hold. */
  reach: { actions: ['Query', 'BatchGetItem'], leadingKeys: ['reach#*'] },
  /** The directory of units: by building, and by id. */
  directory: { actions: ['GetItem', 'Query', 'BatchGetItem'], leadingKeys: ['units#*', 'unitid#*'] },
  /** Whether a unit, a party and a member of staff are the site's, where somebody names them. */
  /** Where units are, for the words of a mail. */
  places: { actions: ['BatchGetItem'], leadingKeys: ['unitid#*'] },
  named: { actions: ['BatchGetItem'], leadingKeys: ['unitid#*', 'payer#*', 'staffid#*'] },
  /** What members of staff, parties and units are called that an answer has the ids of. */
  names: { actions: ['BatchGetItem'], leadingKeys: ['reach#*', 'payer#*', 'unitid#*'] },
  /** Since when a member of staff's sign-in is theirs. */
  'staff-card': { actions: ['GetItem'], leadingKeys: ['staffid#*'] },
  /** How a payer is reached, by reference. */
  payers: { actions: ['GetItem', 'BatchGetItem'], leadingKeys: ['payer#*'] },
} satisfies Record<string, { actions: string[]; leadingKeys?: string[] }>;

/** A grant, or `index:<name>` to query an index. */
export type TableGrant = keyof typeof GRANTS | `index:${string}`;

const TYPES = { S: AttributeType.STRING, N: AttributeType.NUMBER } as const;

/** A declared table: encrypted, recoverable to any second, protected from deletion. */
export class ServiceTable extends Construct {
  readonly def: TableDef;
  readonly table: TableV2;

  constructor(scope: Construct, def: TableDef) {
    super(scope, `${def.name[0]?.toUpperCase()}${def.name.slice(1)}Table`);
    this.def = def;
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      timeToLiveAttribute: EXPIRES,
      ...(def.stream ? { dynamoStream: StreamViewType.NEW_IMAGE } : {}),
      globalSecondaryIndexes: def.indexes.map(({ name, hash, range, include }) => ({
        indexName: name,
        partitionKey: { name: hash, type: AttributeType.STRING },
        ...(range ? { sortKey: { name: range.name, type: TYPES[range.type] } } : {}),
        ...(include
          ? { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: include }
          : { projectionType: ProjectionType.KEYS_ONLY }),
      })),
    });
  }

  statement(grant: TableGrant): PolicyStatement {
    if (grant.startsWith('index:')) {
      const index = grant.slice('index:'.length);
      if (!this.def.indexes.some(({ name }) => name === index))
        throw new Error(`${this.def.name} has no index ${index}`);
      return new PolicyStatement({ actions: ['dynamodb:Query'], resources: [`${this.table.tableArn}/index/${index}`] });
    }
    const { actions, leadingKeys }: { actions: string[]; leadingKeys?: string[] } =
      GRANTS[grant as keyof typeof GRANTS];
    return new PolicyStatement({
      actions: actions.map((action) => `dynamodb:${action}`),
      resources: [this.table.tableArn],
      ...(leadingKeys ? { conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': leadingKeys } } } : {}),
    });
  }
}
