import { expect, it } from 'vitest';
import { mappedPrincipals } from '../../../src/domain/aws-auth.ts';
import { blankAccessEntry } from '../../../src/domain/tables/accessentries.ts';
import { decoderOf } from '../../../src/domain/tables/index.ts';
import { Store } from '../../../src/store/index.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const ROLE = 'arn:aws:iam::111122223333:role/Admin';
const USER = 'arn:aws:iam::111122223333:user/ann';
const MAP = {
  metadata: { namespace: 'kube-system', name: 'aws-auth', uid: 'u1' },
  data: {
    mapRoles: `- rolearn: ${ROLE}\n  username: admin:{{SessionName}}\n  groups:\n    - system:masters\n`,
    mapUsers: `- userarn: ${USER}\n  username: ann\n- 7\n- userarn: ${USER}x\n  groups: none\n`,
  },
};

it('reads roles and users, and passes over what is neither', () => {
  const { principals } = decoderOf('configmaps').json(MAP);
  expect(principals).toEqual([
    { arn: ROLE, username: 'admin:{{SessionName}}', groups: ['system:masters'] },
    { arn: USER, username: 'ann', groups: [] },
    { arn: `${USER}x`, username: '', groups: [] },
  ]);
});

it.each(['', 'a: b', '- [', '&a [*a, *a]', '- rolearn: [x]'])('%j names nobody', (mapping) => {
  expect(mappedPrincipals([{ name: 'mapRoles', mapping }])).toEqual([]);
});

it('is looked for in no other map', () => {
  const metadata = { ...MAP.metadata, namespace: 'shop' };
  expect(decoderOf('configmaps').json({ ...MAP, metadata }).principals).toEqual([]);
});

it('makes an entry of a principal that has none of its own', () => {
  const store = new Store({ clock: new VirtualClock() });
  store.sink('configmaps').put([decoderOf('configmaps').json(MAP)]);
  expect(store.get('accessentries', ROLE)).toMatchObject({
    origin: 'aws-auth',
    groups: ['system:masters'],
  });
  store.sink('accessentries').put([{ ...blankAccessEntry(ROLE), type: 'STANDARD' }]);
  expect(store.get('accessentries', ROLE)).toMatchObject({ origin: 'entry', type: 'STANDARD' });
});
