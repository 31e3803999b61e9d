import { beforeEach, expect, it } from 'vitest';
import { configSchema } from '../../../../src/config/schema.ts';
import { AwsFault } from '../../../../src/domain/aws-fault.ts';
import { arnKey } from '../../../../src/domain/cluster-key.ts';
import type { BaseRow } from '../../../../src/domain/rows.ts';
import type { LogEvent } from '../../../../src/ports/aws-shapes.ts';
import { blankCluster } from '../../../../src/domain/tables/clusters.ts';
import { clusters } from '../../../../src/resources/clusters.ts';
import { pods } from '../../../../src/resources/pods.ts';
import type { ConnectionCore } from '../../../../src/session/index.ts';
import type { Pane } from '../../../../src/ui/pane.ts';
import { openKeptLogs } from '../../../../src/ui/resource/kept-logs.ts';
import { untyped } from '../../../../src/ui/resource/row-resource.ts';
import type { Workspace } from '../../../../src/ui/workspace.ts';
import { plainPainter } from '../../../support/plain-painter.ts';
import { resources } from '../../../support/resources.ts';
import { container, podRow } from '../../../support/rows.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

const ARN = arnKey('arn:aws:eks:eu-central-1:111122223333:cluster/shop');
const EKS = { name: 'shop', arn: ARN, profile: '', region: 'eu-central-1' };

let clock: VirtualClock;
let opened: Pane[];
let flashed: string[];
let asked: { readonly logGroupName: string; readonly logStreamNamePrefix?: string }[];
let message: string;
/** AWS has told which clusters there are. */
let isTold: boolean;

beforeEach(() => {
  clock = new VirtualClock();
  [opened, flashed, asked] = [[], [], []];
  message = 'hello';
  isTold = true;
});

const core = (change: object = {}): ConnectionCore =>
  ({
    ...{ cluster: ARN, title: 'shop', eks: EKS, store: {} },
    kube: { get: () => Promise.reject(Object.assign(new Error('not found'), { code: 404 })) },
    door: {
      call: (_action: string, input: (typeof asked)[number]) => {
        asked.push(input);
        const event: LogEvent = {
          logStreamName: 'kube-scheduler-1',
          timestamp: clock.now() - 1000,
          ...{ message, eventId: '1' },
        };
        return Promise.resolve({ events: [event], nextToken: '' });
      },
    },
    ...change,
  }) as unknown as ConnectionCore;

async function open(def: typeof pods | typeof clusters, row: BaseRow, of = core()) {
  const workspace = {
    ...{ clock, painter: plainPainter, settings: { wide: false, time: 'age' } },
    config: configSchema.parse({}),
    session: {
      ...{ awsTrouble: '', connectionTo: () => null },
      fleet: { status: () => ({ synced: isTold }) },
    },
    resources,
    open: (pane: Pane) => opened.push(pane),
    flash: (text: string) => flashed.push(text),
  } as unknown as Workspace;
  openKeptLogs({ workspace, def: untyped(def), row, core: of });
  for (let i = 0; i < 60; i++) await Promise.resolve();
  clock.advance(1000);
  const lines = opened[0]?.paint({ columns: 200, rows: 10 }).lines ?? [];
  opened[0]?.close();
  return lines.join('\n');
}

const cluster = { ...blankCluster(ARN, 'shop'), logging: ['audit', 'api'] };
const pod = (change: object = {}) =>
  podRow({
    name: 'api-1',
    namespace: 'shop',
    node: 'n1',
    containers: [container({ name: 'app' })],
    ...change,
  });

it('of a cluster are those of its control plane; types that are off say what turns them on', async () => {
  expect(await open(clusters, cluster)).toContain('hello');
  expect(asked[0]).toMatchObject({ logGroupName: '/aws/eks/shop/cluster' });
  expect(opened[0]?.advice?.()).toEqual([
    'off: authenticator, controllerManager, scheduler (c copies what turns them on)',
  ]);
  const copies = opened[0]?.copyChoices().map(({ text }) => text) ?? [];
  expect(copies.at(-1)).toMatch(
    /^aws eks update-cluster-config --region eu-central-1 --name shop /,
  );
});

it('of a pod that is gone are those that its node sent, to their end', async () => {
  await open(pods, pod({ gone: clock.now() - 5000, created: clock.now() - 60_000 }));
  expect(asked[0]).toMatchObject({
    logGroupName: '/aws/containerinsights/shop/application',
    logStreamNamePrefix: 'n1-application.var.log.containers.api-1_shop_',
  });
  expect(opened[0]?.title().right.map(({ cell }) => cell)).toContainEqual([['ended', 'muted']]);
});

it('that cannot be read are not followed, and say so', async () => {
  const fault = new AwsFault('denied', 'needs logs:FilterLogEvents');
  await open(clusters, cluster, core({ door: { call: () => Promise.reject(fault) } }));
  const cells = opened[0]?.title().right.map(({ cell }) => cell);
  expect(cells).toContainEqual([['◌ not following', 'warn']]);
  expect(cells).toContainEqual([['2 failed', 'bad']]);
});

it('act on no terminal, whatever was written', async () => {
  message = 'a\u001b[2J\u001b]0;title\u0007b\u009b31m';
  expect(await open(clusters, cluster)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
});

it('of a pod on Fargate are where its log router sends them, or it is said that it sends none', async () => {
  const fargate = pod({ fargateProfile: 'payments' });
  expect(await open(pods, fargate)).toContain(
    'the log router of Fargate is not configured: there is no config map aws-observability/aws-logging',
  );
  opened = [];
  const data = {
    'output.conf':
      '[OUTPUT]\n Name cloudwatch_logs\n log_group_name mine\n log_stream_prefix fb-\n',
  };
  await open(pods, fargate, core({ kube: { get: () => Promise.resolve({ data }) } }));
  expect(asked[0]).toMatchObject({
    logGroupName: 'mine',
    logStreamNamePrefix: 'fb-kube.var.log.containers.api-1_shop_',
  });
});

it('of what AWS does not tell of, or what never ran, are none', async () => {
  await open(pods, pod(), core({ eks: null, door: null }));
  isTold = false;
  await open(pods, pod(), core({ eks: null, door: null }));
  await open(pods, pod({ node: '' }));
  expect(flashed).toEqual([
    'CloudWatch cannot be asked: AWS does not tell of this cluster',
    'CloudWatch cannot be asked: AWS has not told yet which cluster this is',
    'api-1 has never been on a node: it wrote nothing',
  ]);
  expect(opened).toEqual([]);
});
