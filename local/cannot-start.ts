/** Why it can't start, where whoever starts it can mend that: its message is the whole of what they are told. */
export class CannotStart extends Error {}
