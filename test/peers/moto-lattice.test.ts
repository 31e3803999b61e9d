/**
 * Services of VPC Lattice, against what the aws CLI prints of the same moto, which does not tell of
 * targets. Skipped where moto or the CLI is not installed.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MotoCluster, startMotoCluster, type Told } from '../support/moto-cluster.ts';
import { onPath } from '../support/on-path.ts';

describe.skipIf(!onPath('moto_server') || !onPath('aws'))('VPC Lattice, and the aws CLI', () => {
  let moto: MotoCluster;

  beforeAll(async () => {
    moto = await startMotoCluster();
    const { aws, vpc } = moto;
    const network = aws<string>('id', 'vpc-lattice create-service-network --name partners');
    const inVpc = `--service-network-identifier ${network} --vpc-identifier ${vpc}`;
    aws('id', `vpc-lattice create-service-network-vpc-association ${inVpc}`);
    for (const name of ['api-shop', 'unreached']) {
      aws('id', `vpc-lattice create-service --name ${name}`);
    }
    const [service = ''] = aws<string[]>(
      "items[?name=='api-shop'].id",
      'vpc-lattice list-services',
    );
    const inNetwork = `--service-network-identifier ${network} --service-identifier ${service}`;
    aws('id', `vpc-lattice create-service-network-service-association ${inNetwork}`);
  }, 300_000);
  afterAll(() => moto.close());

  it('tell the same of the services that the VPC reaches', async () => {
    const theirs = moto.aws<Told[]>(
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
