/** Every row type, by one name to import them from. */
export type * from './row.ts';
export type * from './kube-rows.ts';
export type * from './batch-rows.ts';
export type * from './aws-rows.ts';
