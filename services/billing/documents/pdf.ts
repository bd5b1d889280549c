import { type Pdf, printed } from '../../../shared/paper/pdf.ts';
import { compose } from './compose/compose.ts';
import type { Paper } from './model.ts';

/**
 * A document on A4 pages. The same document gives the same bytes.
 * @throws RangeError for a document that doesn't add up
 */
export const pdfOf = (paper: Paper): Promise<Pdf> => pdfOfAll([paper]);

/** Several documents in one file, to print at a go; each counts its own pages. */
export const pdfOfAll = ([first, ...rest]: readonly [Paper, ...Paper[]]): Promise<Pdf> =>
  printed([compose(first), ...rest.map(compose)], first.issuedOn);
