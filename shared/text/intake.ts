export const INTAKE = {};
