/**
 * Services of VPC Lattice, against what the aws CLI prints of the same moto, which does not tell of
 * targets. Skipped where moto or the CLI is not installed.
 */
import { VPCLattice } from '@aws-sdk/client-vpc-lattice';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MotoCluster, startMotoCluster, type Told } from '../support/moto-cluster.ts';
import { onPath } from '../support/on-path.ts';

describe.skipIf(!onPath('moto_server') || !onPath('aws'))('VPC Lattice, and the aws CLI', () => {
  let moto: MotoCluster;

  beforeAll(async () => {
    moto = await startMotoCluster();
    const lattice = new VPCLattice(moto.sdk);
    const { id } = await lattice.createServiceNetwork({ name: 'partners' });
    const network = { serviceNetworkIdentifier: id };
    await lattice.createServiceNetworkVpcAssociation({ ...network, vpcIdentifier: moto.vpc });
    await lattice.createService({ name: 'unreached' });
    const service = await lattice.createService({ name: 'api-shop' });
    await lattice.createServiceNetworkServiceAssociation({
      ...{ ...network, serviceIdentifier: service.id },
    });
  }, 300_000);
  afterAll(() => moto.close());

  it('tell the same of the services that the VPC reaches', async () => {
    const theirs = await moto.aws<Told[]>(
      "items[?name=='api-shop'].{uid:arn,name:name,dns:dnsEntry.domainName,status:status}",
      'vpc-lattice list-services',
    );
    expect(theirs).toHaveLength(1);
    const { rows, status } = await moto.table('latticeservices');
    expect(rows).toMatchObject(theirs);
    expect(rows[0]?.networks).toMatchObject([{ name: 'partners' }]);
    expect(status?.state).toBe('live');
  });
});
