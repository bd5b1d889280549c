export const CALLBACKS = {};
