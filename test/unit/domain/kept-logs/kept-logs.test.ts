import { describe, expect, it } from 'vitest';
import { containerLine, streamsOfPod } from '../../../../src/domain/kept-logs/containers.ts';
import {
  controlPlaneLine,
  loggingCommand,
  typesOff,
} from '../../../../src/domain/kept-logs/control-plane.ts';
import { routerOutput } from '../../../../src/domain/kept-logs/fargate.ts';

const AT = Date.UTC(2026, 10, 24, 6);
const ID = '0123456789abcdef'.repeat(4);
const event = (logStreamName: string, message: string) => ({
  ...{ logStreamName, message },
  timestamp: AT,
});

describe('a line of a control plane', () => {
  it.each([
    ['kube-apiserver-0a1b', 'api'],
    ['kube-apiserver-audit-0a1b', 'audit'],
    ['authenticator-0a1b', 'authenticator'],
    ['kube-controller-manager-0a1b', 'controllerManager'],
    ['cloud-controller-manager-0a1b', 'controllerManager'],
    ['kube-scheduler-0a1b', 'scheduler'],
    ['another', 'another'],
  ])('of stream %s is of %s', (stream, type) => {
    expect(controlPlaneLine(event(stream, 'text\n'))).toEqual({
      ...{ pod: type, container: '', text: 'text' },
      time: '2026-11-24T06:00:00.000000000Z',
    });
  });

  it('is not written where its type is off: aws turns it on', () => {
    expect(typesOff(['audit', 'api'])).toEqual(['authenticator', 'controllerManager', 'scheduler']);
    expect(loggingCommand({ name: 'shop', region: 'eu-central-1' }, ['scheduler'])).toBe(
      `aws eks update-cluster-config --region eu-central-1 --name shop --logging '{"clusterLogging":[{"types":["scheduler"],"enabled":true}]}'`,
    );
  });
});

describe('a line of a container', () => {
  const stream = `ip-10-0-1-2.ec2.internal-application.var.log.containers.cart-7d9f-x2x_shop_app-${ID}.log`;

  it('is what it wrote, when it wrote it, of the container in the name of the stream', () => {
    const message = JSON.stringify({
      ...{ time: '2026-11-24T05:59:59.123456789Z', stream: 'stdout', log: 'hello\n' },
      kubernetes: { pod_name: 'other', container_name: 'other' },
    });
    expect(containerLine(event(stream, message))).toEqual({
      ...{ pod: 'cart-7d9f-x2x', container: 'app', text: 'hello' },
      time: '2026-11-24T05:59:59.123456789Z',
    });
    expect(
      stream.startsWith(
        streamsOfPod('ip-10-0-1-2.ec2.internal-application.', 'cart-7d9f-x2x', 'shop'),
      ),
    ).toBe(true);
  });

  it('loses what the runtime put before it', () => {
    const message = JSON.stringify({ log: '2026-11-24T05:59:59.1Z stdout F {"level":"info"}' });
    expect(
      containerLine(event(`fargate-kube.var.log.containers.a_b_c-${ID}.log`, message)),
    ).toEqual({
      ...{ pod: 'a', container: 'c', text: '{"level":"info"}' },
      time: '2026-11-24T06:00:00.000000000Z',
    });
  });

  it('is told by its fields where the stream has another name', () => {
    const message = JSON.stringify({
      log: 'x',
      kubernetes: { pod_name: 'a', container_name: 'c' },
    });
    expect(containerLine(event('mine', message))).toMatchObject({ pod: 'a', container: 'c' });
  });

  it.each(['plain text', '{"log": broken', '[]', '{"log":7}', '', '{"kubernetes":null}'])(
    'is the message where that is none of Fluent Bit: %s',
    (message) => {
      expect(containerLine(event('mine', message))).toMatchObject({ pod: 'mine', text: message });
    },
  );
});

describe('the log router of Fargate', () => {
  const CLOUDWATCH = `[OUTPUT]
    Name cloudwatch_logs
    Match   kube.*
    region region-code
    log_group_name my-logs
    log_stream_prefix from-fluent-bit-
    log_retention_days 60
`;
  it('sends where its first output to CloudWatch says', () => {
    const other = '[OUTPUT]\n  Name es\n  log_group_name no\n';
    expect(routerOutput(other + CLOUDWATCH)).toEqual({
      group: 'my-logs',
      prefix: 'from-fluent-bit-',
    });
    expect(routerOutput('[Output]\n Name CloudWatch\n log_group_name g')).toEqual({
      group: 'g',
      prefix: '',
    });
  });

  it.each([
    '',
    '[OUTPUT]\n Name es',
    '[OUTPUT]\n Name cloudwatch_logs\n log_group_name $(tag)',
    '[FILTER]\n Name cloudwatch',
  ])('sends nothing there by: %s', (text) => {
    expect(routerOutput(text)).toBeNull();
  });
});
