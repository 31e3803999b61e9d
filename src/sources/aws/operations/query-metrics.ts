/**
 * QueryMetrics, which the SDK has no command for: Prometheus's own API, behind AWS's signature. The
 * client signs, sends and repeats it as it does its own commands.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-APIReference-QueryMetrics.html
 */
import type {
  AmpClient,
  AmpClientResolvedConfig,
  ListWorkspacesCommandOutput,
} from '@aws-sdk/client-amp';
import { Command } from '@smithy/core/client';
import { getEndpointPlugin } from '@smithy/core/endpoints';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { SendOptions } from './operation.ts';

/** A request of `query_range`. */
interface QueryRangeInput {
  readonly workspaceId: string;
  readonly contentType: string;
  /** A form, URL-encoded. */
  readonly body: string;
}

/** What every answer has. */
type Answered = Pick<ListWorkspacesCommandOutput, '$metadata'>;

/** Prometheus's answer, as text. */
interface QueryRangeOutput extends Answered {
  readonly body?: string;
}

type Schema = Parameters<typeof NormalizedSchema.of>[0];
type OperationSchema = Parameters<ReturnType<typeof Command.classBuilder>['sc']>[0];

const NAMESPACE = 'com.amazonaws.amp';
/** What members of a schema are in the SDK's notation: texts, in the path and as the body. */
const [TEXT, LABEL, PAYLOAD] = [0, 1, 16];

const input: Schema = [
  3,
  NAMESPACE,
  'QueryRangeRequest',
  0,
  ['workspaceId', 'contentType', 'body'],
  [
    [TEXT, LABEL],
    [TEXT, { httpHeader: 'content-type' }],
    [TEXT, PAYLOAD],
  ],
];
const output: Schema = [3, NAMESPACE, 'QueryRangeResponse', 0, ['body'], [[TEXT, PAYLOAD]]];
const schema: OperationSchema = [
  9,
  NAMESPACE,
  'QueryMetrics',
  { http: ['POST', '/workspaces/{workspaceId}/api/v1/query_range', 200] },
  () => input,
  () => output,
];

/** What a client's endpoint follows from. */
const ENDPOINT = {
  UseFIPS: { type: 'builtInParams', name: 'useFipsEndpoint' },
  Endpoint: { type: 'builtInParams', name: 'endpoint' },
  Region: { type: 'builtInParams', name: 'region' },
  UseDualStack: { type: 'builtInParams', name: 'useDualstackEndpoint' },
} as const;

/** The command, as the SDK makes its own. */
class QueryRangeCommand extends Command.classBuilder<
  QueryRangeInput,
  QueryRangeOutput,
  AmpClientResolvedConfig,
  object,
  Answered
>()
  .ep(ENDPOINT)
  .m((_type, _stack, config: AmpClientResolvedConfig) => [getEndpointPlugin(config, ENDPOINT)])
  .s('AmazonPrometheusService', 'QueryMetrics', {})
  .n('AmpClient', 'QueryRangeCommand')
  .sc(schema)
  .build() {}

/** Asks a workspace. @param form what `query_range` takes; returns Prometheus's answer as text */
export type AskWorkspace = (
  workspaceId: string,
  form: URLSearchParams,
  options: SendOptions,
) => Promise<string>;

/**
 * Teaches a client the command. What is about a workspace's data goes to where that is:
 * `aps-workspaces.<region>…` beside `aps.<region>…`.
 *
 * @param isAws the endpoint is AWS's own; one that the user set serves both
 */
export function workspaceAsker(client: AmpClient, isAws: boolean): AskWorkspace {
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        const request = args.request as { hostname: string };
        if (isAws && commandName === 'QueryRangeCommand') {
          request.hostname = request.hostname.replace(/^aps(-fips)?\./, 'aps-workspaces$1.');
        }
        return next(args);
      },
    { step: 'build', name: 'workspaceHost' },
  );
  // The client's type knows the SDK's own commands alone.
  const { send } = client as unknown as {
    send: (command: QueryRangeCommand, options: SendOptions) => Promise<QueryRangeOutput>;
  };
  return async (workspaceId, form, options) => {
    const contentType = 'application/x-www-form-urlencoded';
    const command = new QueryRangeCommand({ workspaceId, contentType, body: form.toString() });
    return (await send.call(client, command, options)).body ?? '';
  };
}
