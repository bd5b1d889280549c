/** What is assumed of the business, and why. Everything else is measured (measured.json) or documented (limits.ts). */
export interface Assumed {
  value: number;
  unit: string;
  why: string;
}

const given = 'given: the size that the system is to be judged at';

export const ASSUMPTIONS = {
  sites: { value: 10_000, unit: 'sites', why: given },
  units: { value: 20_000_000, unit: 'units', why: `${given}; 2,000 a site` },
  contactsPerDay: { value: 2_000_000, unit: 'contacts', why: `${given}; one in ten units a day, which is a lot` },
  zipf: {
    value: 0.5,
    unit: 'exponent',
    why: 'sizes of sites fall with rank to this power: the largest has 100,000 units, as the largest estates of the country do, the median 1,400',
  },
  monday: { value: 1.35, unit: 'times a day', why: 'what happened at the weekend is told on Monday' },
  peakHour: {
    value: 0.14,
    unit: 'of a day',
    why: 'nine to ten in a ten-hour desk day: half as much again as an even hour',
  },
  incident: {
    value: 0.1,
    unit: 'of households',
    why: 'the water is off at the largest site: one household in ten calls within the hour, on top',
  },
  complaints: {
    value: 0.03,
    unit: 'of contacts',
    why: 'most contacts are repairs, enquiries and thanks; three in a hundred complain',
  },
  leftAlone: {
    value: 0.05,
    unit: 'of complaints',
    why: 'nobody does anything for days: every reminder and every rung is sent',
  },
  pagesPerContact: { value: 2, unit: 'pages', why: 'the agent looks at the list before and after' },
  figuresPerSiteDay: { value: 30, unit: 'reads', why: 'each of a handful of managers looks a few times a day' },
  owing1: { value: 0.4, unit: 'of payers', why: 'a day after the due day four in ten have not paid' },
  owing7: { value: 0.3, unit: 'of payers', why: 'a week after it' },
  owing15: { value: 0.22, unit: 'of payers', why: 'two weeks after it' },
  owing30: { value: 0.15, unit: 'of payers', why: 'a month after it' },
  owing60: { value: 0.1, unit: 'of payers', why: 'two months after it' },
  payPeakDay: { value: 0.15, unit: "of a month's payments", why: 'the due day, and the day on which the bank answers' },
  payHours: { value: 10, unit: 'hours', why: 'payments of a day come in office hours' },
  payPeakFactor: { value: 2, unit: 'times', why: 'the best hour of that day is twice an even one' },
  rowMonths: {
    value: 13,
    unit: 'months',
    why: 'so long case rows are compared with the same month of the year before',
  },
  exportBytes: {
    value: 100,
    unit: 'bytes an event',
    why: 'what an exported event takes as gzip, most of it ids that nothing makes smaller; 580 as it is, in the journeys of the tests',
  },
  exportJournals: {
    value: 12,
    unit: 'objects a batch',
    why: 'of the two dozen kinds of journals so many have something new in any five minutes',
  },
  days: { value: 30, unit: 'days a month', why: 'a month' },
} as const satisfies Record<string, Assumed>;

export type AssumptionName = keyof typeof ASSUMPTIONS;
export type Assumptions = Record<AssumptionName, number>;

export const assumed = (): Assumptions =>
  Object.fromEntries(Object.entries(ASSUMPTIONS).map(([name, { value }]) => [name, value])) as Assumptions;
