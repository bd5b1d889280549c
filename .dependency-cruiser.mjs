/** Who may import whom: the layers of the architecture, as rules. Type imports count too. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
/**
 * The files that decide: by the names the shape of a service gives them, the aggregates', and in the rooms of billing and reporting all
 * but those whose name says what they speak to. Pure, without I/O.
 */
const DOMAIN =
  '^services/([^/]+/(decide|duties|events|policy|complaint|callback|contact|group|site|unit|party|staff)\\.ts' +
  '|billing/(?!lambda/)[^/]+/(?!.*lambda/)(?!.*(api|store|wake|view|work|queue|mailer|ses)\\.ts|.*/?on-)[^.]+\\.ts' +
  '|reporting/figures/(measures/|(change|figures|league|pack|percent|row|span|tally)\\.ts)|reporting/audit/finding\\.ts' +
  '|reporting/reports/((content|report|words)\\.ts|compose/)' +
  '|reporting/(alerts|collections|months|service-figures|audit/nightly|reports/improvements)/(?!.*lambda/)' +
  '(?!.*(api|store|view|sheets|reading|cases|accounts|compare|count|owners|pages|start|ses)\\.ts|.*/?on-)[^.]+\\.ts)';
/** Of these files those that go through what stores find, and decide nothing by themselves. */
const GOES_THROUGH = '/(accounts/cover|payments/pay-several|cash-days/moved|statements/(claim|find|letters-said|reopen|upload))\\.ts$';
/** Tests and what only tests stand on. */
const TEST = '(\\.test|/testing[^/]*|/testing/.*|/laws)\\.ts$';

/** Which rooms of a large service a room may know: what is on its left never knows it. */
const ROOMS = {
  billing: {
    accounts: [],
    documents: ['accounts'],
    tariffs: ['accounts', 'documents'],
    letters: ['accounts', 'documents', 'tariffs'],
    deductions: ['accounts'],
    runs: ['accounts', 'tariffs', 'letters', 'deductions'],
    receipts: ['accounts', 'documents'],
    payments: ['accounts', 'letters', 'receipts'],
    slips: ['accounts', 'deductions'],
    statements: ['accounts', 'letters', 'receipts', 'payments'],
    'cash-days': ['accounts', 'receipts', 'payments', 'statements'],
  },
  reporting: {
    figures: [],
    collections: ['figures'],
    kpi: ['figures', 'collections'],
    'service-figures': ['figures'],
    alerts: ['figures'],
    months: ['figures', 'collections'],
    audit: ['figures', 'collections'],
    reports: ['figures', 'collections', 'service-figures', 'alerts', 'months'],
  },
};
/** What a room shows to others: its events; what is pure of it; and its reading and writing. */
const DOORS = '/(events|contract|contract-store)\\.ts$';
const roomRules = Object.entries(ROOMS).flatMap(([service, rooms]) =>
  Object.entries(rooms).map(([room, known]) =>
    rule(
      `${service}-${room}-knows`,
      `services/${service}/${room} may know ${known.join(', ') || 'no other room'}. Hand in what it needs as an argument, move the file to the room it is about, or, if that is how it is now, change the table ROOMS in .dependency-cruiser.mjs.`,
      { path: `^services/${service}/${room}/`, pathNot: [TEST, '/lambda/'] },
      { path: `^services/${service}/[^/]+/`, pathNot: [room, ...known].map((name) => `^services/${service}/${name}/`) },
    ),
  ),
);

export default {
  forbidden: [
    ...roomRules,
    rule(
      'rooms-have-doors',
      'A room is entered by its events.ts, contract.ts (what is pure) or contract-store.ts (its reading and writing): export there what others need. Lambda entries, which wire a function, may take routes as well.',
      { path: '^services/(billing|reporting)/([^/]+)/', pathNot: [TEST, '/lambda/'] },
      { path: '^services/(billing|reporting)/[^/]+/', pathNot: ['^services/$1/$2/', DOORS] },
    ),
    rule(
      'entries-wire',
      'A Lambda entry knows its own room, and of others their doors and their routes.',
      { path: '^services/(billing|reporting)/([^/]+)/.*lambda/' },
      { path: '^services/(billing|reporting)/[^/]+/', pathNot: ['^services/$1/$2/', DOORS, 'api\\.ts$'] },
    ),
    rule(
      'events-only',
      "A service knows another by its events alone, and by how they read: they are a contract, everything else is that service's own business.",
      { path: '^services/([^/]+)/', pathNot: TEST },
      { path: '^services/', pathNot: ['^services/$1/', '^services/[^/]+/(events|contract)\\.ts$'] },
    ),
    rule(
      'shared-stands-alone',
      'Every service stands on shared/, so it knows none of them.',
      { path: '^shared/' },
      { path: '^(services|infra|local|test|docs)/' },
    ),
    rule(
      'deployed-knows-no-local',
      'What is deployed is not told where it runs.',
      { path: '^(services|shared|infra)/' },
      { path: '^local/' },
    ),
    rule(
      'deployed-knows-no-tests',
      'Nor what it is tested with.',
      { path: '^(services|shared|infra)/', pathNot: TEST },
      { path: '^test/' },
    ),
    rule(
      'services-know-no-infra',
      'The system is described from the services, never the other way round.',
      { path: '^(services|shared)/' },
      { path: '^infra/' },
    ),
    rule(
      'documents-in-the-portal-only',
      'The generated documents are bundled where they are shown.',
      { path: '^(services|shared|infra)/', pathNot: ['^services/portal/lambda/', TEST] },
      { path: '^docs/' },
    ),
    rule(
      'pure-domain',
      'What decides takes data and returns data: no SDK, no files, no network, no store.',
      { path: DOMAIN, pathNot: [GOES_THROUGH, TEST] },
      { path: ['node_modules/@aws-sdk/', '^node:(?!crypto)', 'store\\.ts$', '^shared/aws/wiring\\.ts$'], dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'sdk-by-place',
      "AWS is spoken to in *store.ts (tables), *queue.ts (messages), *ses.ts (mail), the exporter and lambda/: move the call there, or into shared/aws.",
      { path: '^services/', pathNot: [TEST, '/lambda/', '(store|queue|ses|exporter)\\.ts$'] },
      { path: 'node_modules/@aws-sdk/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'agpl-in-local-only',
      'A development tool: never bundled, never deployed (docs/adr/0006).',
      { pathNot: '^local/' },
      { path: 'node_modules/@cloud-copilot/' },
    ),
    rule('nothing-stands-on-tests', 'A test is run, not built upon.', { pathNot: [TEST, '^test/'] }, { path: TEST }),
    rule(
      'memory-tables-stay-here',
      'Tables in memory are for tests, the cloud in memory and what runs in it; what is deployed has its tables handed in.',
      { path: '^(services|shared|infra)/', pathNot: [TEST, '^shared/memory-tables/'] },
      { path: '^shared/memory-tables/' },
    ),
    rule('no-cycles', 'Modules that need each other are one module; types that both need are a third.', {}, { circular: true }),
    rule('resolvable', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
  ],
  options: {
    // TypeScript 7 has no API for tools to parse with.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^cdk\\.out' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
