import { type Language, preferred } from '../../text/catalogue.ts';
import type { ApiEvent } from '../api-event.ts';
import type { HttpStep } from './call.ts';

/** Whoever is not known and asks for no language is spoken to in this. */
const OURS: Language = 'zh-CN';

/** What a request asks to be spoken to in, else the caller's language where it is known. */
export const languageOf = ({ headers }: ApiEvent, theirs: Language = OURS): Language =>
  preferred(headers['accept-language']) ?? theirs;

/** In which language whoever asks is answered, until it is known who that is. */
export const spoken: HttpStep<never> = {
  before({ event, context }) {
    context.language = languageOf(event);
  },
};
