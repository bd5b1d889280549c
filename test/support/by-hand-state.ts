/**
 * Q1–Q6 counted from the journals as one would by hand, from the words of the field alone: nothing of how the system
 * counts them is used here.
 */
export type State = 'met' | 'missed' | 'running' | 'excluded';
