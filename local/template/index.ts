export { TemplateError } from './errors.ts';
export { type ReadOptions, readDeployment } from './read.ts';
