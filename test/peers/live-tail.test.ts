/**
 * Live Tail, as botocore reads the event stream of the simulated region: it checks the checksums of
 * messages, their headers and their shapes. The aws CLI cannot be asked to: it looks for a host of its own
 * beside an endpoint that was set. Skipped where botocore is not installed.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logGroupArn } from '../../src/domain/kept-logs/live.ts';
import { accessDenied } from '../../src/simulator/aws-api/index.ts';
import { controlPlaneLogs } from '../../src/simulator/logs/control-plane.ts';
import { serveRegion, type TestAws, testRegion } from '../support/aws-region.ts';

const READ = `
import botocore.session, json, sys
from botocore.config import Config
from botocore.exceptions import ClientError, EventStreamError
client = botocore.session.get_session().create_client('logs', config=Config(inject_host_prefix=False))
try:
    answer = client.start_live_tail(logGroupIdentifiers=[sys.argv[1]], logEventFilterPattern=sys.argv[2])
    for event in answer['responseStream']:
        print(json.dumps(event), flush=True)
except (ClientError, EventStreamError) as error:
    print(json.dumps({'error': str(error)}), flush=True)
`;

const hasBotocore = (): boolean => {
  try {
    execFileSync('python3', ['-c', 'import botocore'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

interface Said {
  readonly sessionStart?: { readonly sessionId: string; readonly logEventFilterPattern: string };
  readonly sessionUpdate?: {
    readonly sessionMetadata: { readonly sampled: boolean };
    readonly sessionResults: readonly Readonly<Record<string, unknown>>[];
  };
  readonly error?: string;
}

describe.skipIf(!hasBotocore())('a live tail, and botocore', () => {
  let aws: TestAws;
  let group: string;
  let isDenied = false;
  /** How long (ms) after the present it is for sessions. */
  let later = 0;

  beforeAll(async () => {
    const { region, shop } = testRegion();
    shop.logGroups = () => controlPlaneLogs(region, shop, Date.now());
    group = logGroupArn(shop.arn, '/aws/eks/shop/cluster');
    aws = await serveRegion(region, {
      now: () => Date.now() + later,
      fault: (call) => (isDenied ? accessDenied(call) : null),
    });
  });
  afterAll(() => aws.close());

  /** What a session says, until it is over or that is enough. */
  async function read(identifier: string, isEnough: (said: Said) => boolean, pattern = '') {
    const all: Said[] = [];
    const child = spawn('python3', ['-c', READ, identifier, pattern], {
      env: {
        PATH: process.env['PATH'],
        HOME: '/nonexistent',
        AWS_DEFAULT_REGION: 'eu-central-1',
        ...aws.env,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      for await (const line of createInterface(child.stdout)) {
        const said = JSON.parse(line) as Said;
        all.push(said);
        if (isEnough(said)) break;
      }
    } finally {
      child.kill();
    }
    return all;
  }

  const hasLines = ({ sessionUpdate }: Said): boolean =>
    (sessionUpdate?.sessionResults.length ?? 0) > 0;

  it('begins with what it is, and goes on with what is written', async () => {
    const [first, ...updates] = await read(group, hasLines);
    expect(first).toMatchObject({
      sessionStart: { logGroupIdentifiers: [group], logEventFilterPattern: '' },
    });
    expect(first?.sessionStart?.sessionId).toMatch(/^[\da-f-]{36}$/);
    const update = updates.at(-1)?.sessionUpdate;
    expect(update?.sessionMetadata).toEqual({ sampled: false });
    expect(update?.sessionResults[0]).toEqual({
      ...{
        logGroupIdentifier: group,
        logStreamName: expect.stringMatching(/-[\da-f]{32}$/) as string,
      },
      ...{ message: expect.any(String) as string, timestamp: expect.any(Number) as number },
      ingestionTime: expect.any(Number) as number,
    });
  });

  it('ends with an error of its own where its time is over', async () => {
    const all = await read(group, (said) => {
      if (said.sessionStart !== undefined) later = 4 * 3_600_000;
      return said.error !== undefined;
    });
    later = 0;
    expect(all.at(-1)?.error).toBe(
      'An error occurred (SessionTimeoutException) when calling the StartLiveTail operation: Live Tail session timed out.',
    );
  });

  it.each([
    ['/aws/eks/shop/cluster', 'InvalidParameterException'],
    ['arn:aws:logs:eu-central-1:111122223333:log-group:none', 'ResourceNotFoundException'],
  ])('of %s does not begin', async (identifier, code) => {
    const [{ error } = {}] = await read(identifier, () => true);
    expect(error).toContain(`An error occurred (${code}) when calling the StartLiveTail operation`);
  });

  it('that is denied does not begin', async () => {
    isDenied = true;
    const [{ error } = {}] = await read(group, () => true);
    isDenied = false;
    expect(error).toContain('An error occurred (AccessDeniedException)');
  });
});
