export const MAIL = {};
