/** By which entries of the API a declared route (`POST /…/{id}/name`) can be reached: its own, or that of its case's commands. */
export const entriesOf = (route: string): string[] => [
  route,
  route.replace(/\/[a-z-]+$/, '/{command}'),
  route.replace(/(\/[a-z-]+){2}$/, '/{command}/{step}'),
];
