/** What is written into service accounts. */
import { byName, join, key } from './join.ts';
import { occupies } from './keys.ts';

/** Which role a service account has by Pod Identity: one association is all that EKS lets it have. */
export const accountAssociation = join({
  target: byName('serviceaccounts'),
  source: byName('podidentities'),
  uses: ['roleArn'],
  fields: ['associatedRole'],
  ofAll: true,
  compute: (_, [association], known) => ({
    // One that is listed and not yet described has a role, and which is not known.
    associatedRole: association === undefined ? (known ? '' : null) : association.roleArn || null,
  }),
});

/** Who uses a service account. */
export const accountUse = join({
  target: byName('serviceaccounts'),
  source: key('pods', 'namespace', (pod) => pod.serviceAccount || 'default'),
  uses: ['phase', 'fargateProfile'],
  fields: ['pods', 'fargatePods'],
  ofAll: true,
  compute: (_, pods, known) => {
    const present = pods.filter(occupies);
    const onFargate = present.filter((pod) => pod.fargateProfile !== '').length;
    return known
      ? { pods: present.length, fargatePods: onFargate }
      : { pods: null, fargatePods: null };
  },
});
