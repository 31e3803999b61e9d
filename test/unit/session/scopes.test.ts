/** Choosing of which profiles and regions clusters are listed, while the program runs. */
import { describe, expect, it } from 'vitest';
import type { AwsPort, AwsScope } from '../../../src/ports/aws.ts';
import { Session } from '../../../src/session/index.ts';
import { scopesText } from '../../../src/ui/scopes.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const scope = (profile: string, region: string): AwsScope => ({ profile, region });

function sessionOf() {
  const followed: string[] = [];
  const session = new Session({
    clock: new VirtualClock(),
    contexts: [],
    kube: () => {
      throw new Error('not connected to');
    },
    aws: {
      follow: (_table: string, target: readonly AwsScope[]) => {
        const words = target.map(({ profile, region }) => `${profile}/${region}`).join(' ');
        followed.push(words);
        return () => followed.push(`stop ${words}`);
      },
      close: () => {},
    } as unknown as AwsPort,
    awsProblem: { reason: '', hint: '' },
    scopes: [scope('dev', 'eu-central-1')],
    choosing: {
      profiles: ['dev', 'prod'],
      chosen: { profiles: ['dev'], regions: [] },
      scopes: ({ profiles, regions }) =>
        profiles.includes('nobody')
          ? Promise.reject(new Error('no AWS profile named "nobody"'))
          : Promise.resolve(
              profiles.flatMap((profile) =>
                (regions.length > 0 ? regions : ['eu-central-1']).map((one) => scope(profile, one)),
              ),
            ),
    },
    actions: () => undefined,
    favorites: [],
    policy: { isReadonly: () => false, isProtected: () => false },
    workspaces: () => null,
    frameMs: () => 100,
    goneMs: 0,
  });
  session.needClusters();
  return { session, followed };
}

describe('choosing other scopes', () => {
  it('follows them in place of those before; what is not named stays', async () => {
    const { session, followed } = sessionOf();
    await session.chooseScopes({ profiles: null, regions: ['us-east-1'] });
    await session.chooseScopes({ profiles: ['dev', 'prod'], regions: null });
    expect(followed).toEqual([
      'dev/eu-central-1',
      'stop dev/eu-central-1',
      'dev/us-east-1',
      'stop dev/us-east-1',
      'dev/us-east-1 prod/us-east-1',
    ]);
    expect(session.scopeChoice.chosen).toEqual({
      profiles: ['dev', 'prod'],
      regions: ['us-east-1'],
    });
  });

  it('leaves all as it is where a name means nothing', async () => {
    const { session, followed } = sessionOf();
    await expect(session.chooseScopes({ profiles: ['nobody'], regions: null })).rejects.toThrow(
      'no AWS profile named "nobody"',
    );
    expect(followed).toEqual(['dev/eu-central-1']);
    expect(session.scopeChoice.chosen.profiles).toEqual(['dev']);
  });
});

describe('scopes in words', () => {
  it.each([
    [[], ''],
    [[scope('', 'eu-central-1')], 'eu-central-1'],
    [[scope('dev', 'eu-central-1'), scope('dev', 'us-east-1')], 'eu-central-1, us-east-1 (dev)'],
    [[scope('dev', 'all'), scope('', 'all')], 'all regions of dev, the default profile'],
    [
      ['a', 'b', 'c', 'd'].flatMap((name) => [scope(name, 'r1'), scope(name, 'r2')]),
      'r1, r2 of 4 profiles',
    ],
  ])('%j are %s', (scopes, words) => expect(scopesText(scopes)).toBe(words));
});
