/** Stands in a bundle for a module that nothing there calls (see bundle.ts). */
export default (): never => {
  throw new Error('left out of the bundle');
};
