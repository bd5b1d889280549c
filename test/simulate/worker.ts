import { answersParent } from './lives.ts';

await answersParent();
