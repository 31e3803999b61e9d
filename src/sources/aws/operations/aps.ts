import { AmpClient, ListScrapersCommand, ListWorkspacesCommand } from '@aws-sdk/client-amp';
import type { AwsCalls } from '../../../ports/aws-calls.ts';
import type { PromSeries } from '../../../ports/aws/aps-calls.ts';
import type { ClientConfig } from '../client-config.ts';
import { inRegion } from '../explain.ts';
import type { Operations, SendOptions } from './operation.ts';
import { single } from './operation.ts';
import { listed } from './pages.ts';
import { type AskWorkspace, workspaceAsker } from './query-metrics.ts';
import { many, map, record, text, type Reader } from './shape.ts';

const statusOf = record({ statusCode: text });

const workspace = record({
  ...{ workspaceId: text, arn: text, alias: text },
  ...{ status: statusOf, tags: map },
});

const scraper = record({
  scraperId: text,
  status: statusOf,
  source: record({ eksConfiguration: record({ clusterArn: text }) }),
  destination: record({ ampConfiguration: record({ workspaceArn: text }) }),
});

/** Series and points that are read of an answer: questions of ours have far fewer. */
const MOST_SERIES = 1000;
const MOST_POINTS = 11_000;

/** `[1790000000, "0.25"]`: seconds, and a number as text, which may be `NaN` or `+Inf`. */
const points: Reader<PromSeries['points']> = (value) =>
  (Array.isArray(value) ? (value as readonly unknown[]) : [])
    .slice(0, MOST_POINTS)
    .flatMap((pair): PromSeries['points'] => {
      const [at, said] = Array.isArray(pair) ? (pair as readonly unknown[]) : [];
      const number = typeof said === 'string' ? Number(said) : NaN;
      return typeof at === 'number' && Number.isFinite(number) ? [[at * 1000, number]] : [];
    });

const answer = record({
  data: record({
    result: (value) =>
      many(record({ metric: map, values: points }))(
        Array.isArray(value) ? value.slice(0, MOST_SERIES) : [],
      ),
    stats: record({
      samples: record({
        totalQueryableSamples: (value): number | null =>
          typeof value === 'number' && value >= 0 ? value : null,
      }),
    }),
  }),
});

/** The door's calls of Amazon Managed Service for Prometheus. */
export function apsOperations(config: ClientConfig): Operations<'aps'> {
  const client = new AmpClient(config);
  const ask = askers(config, client);
  return {
    'aps:ListWorkspaces': listed(
      'workspaces',
      (input, nextToken, options) =>
        client.send(new ListWorkspacesCommand({ ...input, nextToken }), options),
      ({ workspaces }) => many(workspace)(workspaces),
      ({ nextToken }) => nextToken,
    ),
    'aps:ListScrapers': listed(
      'scrapers',
      (input, nextToken, options) =>
        client.send(new ListScrapersCommand({ ...input, nextToken }), options),
      ({ scrapers }) => many(scraper)(scrapers),
      ({ nextToken }) => nextToken,
    ),
    'aps:QueryMetrics': single(
      (input, options) => queryRange(ask(input.region), input, options),
      (body) => {
        const { result, stats } = answer(body).data;
        return {
          series: result.map(({ metric, values }) => ({ labels: metric, points: values })),
          samples: stats.samples.totalQueryableSamples,
        };
      },
    ),
  };
}

/** Who asks a workspace, by its region: there the request goes, and for there it is signed. */
function askers(config: ClientConfig, own: AmpClient): (region: string) => AskWorkspace {
  const isAws = config.endpoint === undefined;
  const made = new Map([[config.region, workspaceAsker(own, isAws)]]);
  return (named) => {
    const region = named || config.region;
    const known = made.get(region);
    if (known !== undefined) return known;
    const ask = workspaceAsker(new AmpClient({ ...config, region }), isAws);
    made.set(region, ask);
    return ask;
  };
}

type Question = AwsCalls['aps:QueryMetrics']['input'];

async function queryRange(
  ask: AskWorkspace,
  { workspaceId, region, query, start, end, step, mostSamples }: Question,
  options: SendOptions,
): Promise<unknown> {
  const form = new URLSearchParams({
    ...{ query, start: String(start / 1000), end: String(end / 1000), step: String(step) },
    ...{ stats: 'all', max_samples_processed_error_threshold: String(mostSamples) },
  });
  try {
    return JSON.parse(await ask(workspaceId, form, options));
  } catch (error) {
    const told = inItsOwnWords(error);
    throw region === '' ? told : inRegion(region, told);
  }
}

/** Prometheus says in a way of its own what is wrong with a question. */
function inItsOwnWords(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) return error;
  const { errorType, error: words } = error as { errorType?: unknown; error?: unknown };
  if (typeof errorType !== 'string' || typeof words !== 'string') return error;
  return Object.assign(error, { name: `Prometheus_${errorType}`, message: words });
}
