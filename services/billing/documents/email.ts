import { type Email, mailed } from '../../../shared/paper/mail.ts';
import { compose } from './compose/compose.ts';
import type { MailedPaper } from './model.ts';

/**
 * A notice or letter as an email, in HTML and in plain text.
 * @throws RangeError for a document that doesn't add up
 */
export const emailOf = (paper: MailedPaper): Email => mailed(compose(paper));
