/**
 * Prometheus's own API of a workspace, behind AWS's signature: `query` and `query_range`, by GET or as
 * a form. What is wrong with a question is said as Prometheus says it, what is refused as AWS does.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/
 */
import { NormalizedSchema } from '@smithy/core/schema';
import { setImmediate } from 'node:timers/promises';
import type { PromSource, PromSources } from '../prometheus.ts';
import { Evaluation, type Sample } from '../promql/evaluate.ts';
import { parsePromql, PromqlError, type Expression } from '../promql/syntax.ts';
import type { AccountView } from './account.ts';
import { ApiError } from './api-error.ts';
import type { Operation } from './operation.ts';
import type { Protocol, ProtocolChoice, WireRequest } from './protocol.ts';
import { workspaceIn } from './services/aps.ts';

const PATH = /^\/workspaces\/([^/]+)\/api\/v1\/(query|query_range)$/;
/** Points of a series that one answer has at most. */
const MOST_POINTS = 11_000;

/** Others wait no longer than this (ms) while a long question is answered. */
const LONGEST_TURN = 20;

interface Question {
  readonly workspaceId: string;
  readonly isRange: boolean;
  readonly parameters: URLSearchParams;
}

/** Serves questions to workspaces, and everything else by another protocol. */
export const prometheusOr =
  (other: Protocol): ProtocolChoice =>
  ({ url }) =>
    PATH.test(url.pathname) ? prometheus : other;

/** Any structure: what is in it is checked by what answers it. */
const ANY = NormalizedSchema.of(15);

const QUERY: Operation = {
  ...{ name: 'QueryMetrics', http: null, input: ANY, output: ANY },
  run: (question, account) => answered(question as Question, account),
};

const prometheus: Protocol = {
  decode(request) {
    const [, workspaceId = '', path = ''] = PATH.exec(request.url.pathname) ?? [];
    const input: Question = {
      ...{ workspaceId, isRange: path === 'query_range', parameters: parametersOf(request) },
    };
    return Promise.resolve({ operation: QUERY, input });
  },
  encode: (_operation, output) => ({
    ...{
      status: 200,
      headers: JSON_TYPE,
      body: JSON.stringify({ status: 'success', data: output }),
    },
  }),
  encodeError({ code, status, message }) {
    const own = /^prometheus\/(.*)$/.exec(code)?.[1];
    return own === undefined
      ? {
          status,
          headers: { ...JSON_TYPE, 'x-amzn-errortype': code },
          body: JSON.stringify({ message }),
        }
      : {
          ...{ status, headers: JSON_TYPE },
          body: JSON.stringify({ status: 'error', errorType: own, error: message }),
        };
  },
  unknownOperation: () => new ApiError('UnknownOperationException', 404, 'not served'),
};

const JSON_TYPE = { 'content-type': 'application/json' };

function parametersOf({ method, url, body }: WireRequest): URLSearchParams {
  const all = new URLSearchParams(url.searchParams);
  if (method === 'POST')
    for (const [name, value] of new URLSearchParams(body)) all.set(name, value);
  return all;
}

async function answered(
  { workspaceId, isRange, parameters }: Question,
  account: AccountView,
): Promise<object> {
  workspaceIn(account.region, workspaceId);
  const sources = sourcesOf(workspaceId, account);
  try {
    const question = parsePromql(parameters.get('query') ?? '');
    const evaluation = new Evaluation(sources);
    const result = isRange
      ? { resultType: 'matrix', result: await matrix(question, evaluation, parameters) }
      : { resultType: 'vector', result: vector(question, evaluation, parameters, account.now) };
    const most = Number(parameters.get('max_samples_processed_error_threshold') ?? Infinity);
    if (evaluation.samples > most) {
      throw new PromqlError(
        'query samples processed exceeds the limit that was given',
        'execution',
      );
    }
    const stats = { samples: { totalQueryableSamples: evaluation.samples } };
    return parameters.get('stats') === 'all' ? { ...result, stats } : result;
  } catch (error) {
    if (!(error instanceof PromqlError)) throw error;
    const status = error.type === 'bad_data' ? 400 : 422;
    throw new ApiError(`prometheus/${error.type}`, status, error.message);
  }
}

/** What the clusters send that are scraped into a workspace, each with the labels of its collector. */
function sourcesOf(workspaceId: string, { region, clusters }: AccountView): PromSources {
  const scrapers = region.prometheus.scrapers.filter((each) => each.workspaceId === workspaceId);
  return (name) =>
    scrapers.flatMap(({ clusterArn, externalLabels }): readonly PromSource[] => {
      const cluster = clusters.find(({ arn }) => arn === clusterArn);
      return (cluster?.series(name) ?? []).map((source) => ({
        ...source,
        labels: { ...externalLabels, ...source.labels },
      }));
    });
}

function vector(
  question: Expression,
  evaluation: Evaluation,
  parameters: URLSearchParams,
  now: number,
): object {
  const at = timeIn(parameters, 'time', now);
  return evaluation
    .at(question, at)
    .map((sample) => ({ metric: metricOf(sample), value: [at / 1000, numberText(sample.value)] }));
}

async function matrix(
  question: Expression,
  evaluation: Evaluation,
  parameters: URLSearchParams,
): Promise<readonly object[]> {
  const [start, end] = [timeIn(parameters, 'start'), timeIn(parameters, 'end')];
  const step = 1000 * Number(parameters.get('step')?.replace(/s$/, ''));
  if (!(step > 0))
    throw invalid('step', 'zero or negative query resolution step widths are not accepted');
  if (end < start) throw invalid('end', 'end timestamp must not be before start time');
  if ((end - start) / step > MOST_POINTS) {
    throw new PromqlError('exceeded maximum resolution of 11,000 points per timeseries');
  }
  const all = new Map<string, { metric: object; values: [at: number, value: string][] }>();
  let turn = performance.now();
  for (let at = start; at <= end; at += step) {
    if (performance.now() - turn > LONGEST_TURN) {
      await setImmediate();
      turn = performance.now();
    }
    for (const sample of evaluation.at(question, at)) {
      const metric = metricOf(sample);
      const key = JSON.stringify(Object.entries(metric).sort());
      const series = all.get(key) ?? { metric, values: [] };
      all.set(key, series);
      series.values.push([at / 1000, numberText(sample.value)]);
    }
  }
  return [...all.values()];
}

const metricOf = ({ name, labels }: Sample): Readonly<Record<string, string>> =>
  name === '' ? labels : { __name__: name, ...labels };

/** Numbers as Go writes them. */
function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : '-Inf';
}

const invalid = (name: string, what: string): PromqlError =>
  new PromqlError(`invalid parameter "${name}": ${what}`);

/** Seconds, or a time in words (RFC 3339), as ms. */
function timeIn(parameters: URLSearchParams, name: string, otherwise?: number): number {
  const text = parameters.get(name);
  if (text === null && otherwise !== undefined) return otherwise;
  const seconds = Number(text ?? NaN);
  const at = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(text ?? '');
  if (Number.isNaN(at)) throw invalid(name, `cannot parse "${text ?? ''}" to a valid timestamp`);
  return at;
}
