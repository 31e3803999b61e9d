import { beforeEach, expect, it } from 'vitest';
import { IDLE } from '../../../src/domain/status.ts';
import { EKS_TABLES, type EksTableId } from '../../../src/domain/tables/index.ts';
import type { AwsPort, EksCluster } from '../../../src/ports/aws.ts';
import { EksAttachment } from '../../../src/session/eks-attachment.ts';
import { Store } from '../../../src/store/index.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const TABLES = Object.keys(EKS_TABLES) as EksTableId[];
const eks = (name: string): EksCluster => ({ name, arn: `arn:${name}`, profile: '', region: 'r' });

/** What is followed now: `table of cluster`. */
let followed: string[];
let store: Store;
const clock = new VirtualClock();
const aws = {
  follow(table: string, { name }: EksCluster) {
    const one = `${table} of ${name}`;
    followed.push(one);
    return () => {
      followed.splice(followed.indexOf(one), 1);
    };
  },
  door: (scope: EksCluster) => ({ scope, call: () => Promise.reject(new Error('not asked')) }),
} as unknown as AwsPort;
const attachment = (port: AwsPort | null, reason = ''): EksAttachment =>
  new EksAttachment({ clock, aws: port, awsProblem: { reason, hint: '' } }, store, () => false);

beforeEach(() => {
  followed = [];
  store = new Store({ clock, frameMs: () => 100 });
});

it.each(TABLES)(
  '%s are followed once the cluster is known, and until nobody needs them',
  (table) => {
    const side = attachment(aws);
    const stop = side.follow(table);
    expect(followed).toEqual([]);
    expect(store.status(table)).toMatchObject({
      state: 'loading',
      hint: EKS_TABLES[table].withoutAws,
    });
    expect(side.attach(eks('shop'))).toBe(true);
    expect(side.attach(eks('shop'))).toBe(false);
    expect(followed).toEqual([`${table} of shop`]);
    expect(side.door?.scope).toEqual(eks('shop'));
    side.attach(eks('other'));
    expect(followed).toEqual([`${table} of other`]);
    stop();
    stop();
    expect(followed).toEqual([]);
    side.attach(eks('shop'));
    expect(followed).toEqual([]);
  },
);

it.each(TABLES)('%s say what becomes of the list of clusters, as long as it matters', (table) => {
  const side = attachment(aws);
  side.follow(table);
  const denied = {
    ...IDLE,
    state: 'denied',
    reason: 'needs eks:ListClusters',
    hint: 'ask',
  } as const;
  side.hear(denied);
  expect(store.status(table)).toMatchObject(denied);
  side.attach(eks('shop'));
  const told = store.status(table);
  side.hear({ ...IDLE, state: 'live' });
  expect(store.status(table)).toEqual(told);
});

it('says why there is no AWS', () => {
  const side = attachment(null, 'no AWS region');
  for (const table of TABLES) side.follow(table);
  expect(side.attach(eks('shop'))).toBe(true);
  expect(side.door).toBeNull();
  for (const table of TABLES) expect(store.status(table).reason).toBe('no AWS region');
});
