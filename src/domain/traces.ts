/** How traces of requests are told. */
import { partitionOf } from './aws-regions.ts';
import { OK, bad, warn, type Health } from './health.ts';
import type { TraceOutcome, TraceRow } from './tables/traces.ts';

/** In words of HTTP: which class of answers it is. */
export const OUTCOMES: Readonly<Record<TraceOutcome, string>> = {
  fault: 'fault: the server failed (5xx)',
  error: 'error: the request was at fault (4xx)',
  throttled: 'throttled (429)',
  ok: 'answered',
};

/** A fault is the service's own failure; what clients got wrong, or too often, is to be looked at. */
export function traceHealth({ outcome, cause }: TraceRow): Health {
  if (outcome === 'ok') return OK;
  return outcome === 'fault' ? bad(cause) : warn(cause);
}

/** The consoles of AWS's partitions. */
const CONSOLES: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/** Where the whole trace is shown in the console; empty where the console of the partition is not known. */
export function traceLink({ name, region }: Pick<TraceRow, 'name' | 'region'>): string {
  const console = CONSOLES[partitionOf(region)];
  if (console === undefined || region === '') return '';
  return `https://${region}.${console}/cloudwatch/home?region=${region}#xray:traces/${name}`;
}
