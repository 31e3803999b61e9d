import type { Scenario } from './scenario.ts';
import { startDay } from './steady.ts';

const FIRST = 20_000;
const LENGTH = 45_000;

/** Credentials are refused twenty seconds after the start, for three quarters of a minute. */
export const authExpired: Scenario = {
  name: 'auth-expired',
  start: startDay,
  refusesCredentials: (elapsed) => elapsed > FIRST && elapsed < FIRST + LENGTH,
};
