export const REGISTRY = {};
