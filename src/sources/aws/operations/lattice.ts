import * as sdk from '@aws-sdk/client-vpc-lattice';
import type {
  LatticeService,
  LatticeServiceAssociation,
  LatticeTarget,
  LatticeTargetGroup,
  LatticeVpcAssociation,
} from '../../../ports/aws/lattice-calls.ts';
import type { ClientConfig } from '../client-config.ts';
import { commands } from './commands.ts';
import type { Operations } from './operation.ts';
import { count, record, strings, text, time } from './shape.ts';

const service = record<LatticeService>({
  id: text,
  arn: text,
  name: text,
  createdAt: time,
  status: text,
  dnsEntry: record<LatticeService['dnsEntry']>({ domainName: text }),
  customDomainName: text,
});

const ofService = record<LatticeServiceAssociation>({
  serviceId: text,
  serviceNetworkName: text,
  status: text,
});

const ofVpc = record<LatticeVpcAssociation>({
  serviceNetworkId: text,
  serviceNetworkName: text,
  status: text,
});

const targetGroup = record<LatticeTargetGroup>({
  id: text,
  arn: text,
  name: text,
  type: text,
  port: count,
  protocol: text,
  serviceArns: strings,
});

const target = record<LatticeTarget>({ id: text, port: count, status: text, reasonCode: text });

/** The door's calls of VPC Lattice. */
export function latticeOperations(config: ClientConfig): Operations<'vpc-lattice'> {
  const { list, whole } = commands(new sdk.VPCLatticeClient(config), 'nextToken');
  return {
    'vpc-lattice:GetService': whole(
      sdk.GetServiceCommand,
      record({ failureCode: text, failureMessage: text }),
    ),
    'vpc-lattice:ListServices': list(sdk.ListServicesCommand, 'items', service),
    'vpc-lattice:ListServiceNetworkServiceAssociations': list(
      sdk.ListServiceNetworkServiceAssociationsCommand,
      'items',
      ofService,
    ),
    'vpc-lattice:ListServiceNetworkVpcAssociations': list(
      sdk.ListServiceNetworkVpcAssociationsCommand,
      'items',
      ofVpc,
    ),
    'vpc-lattice:ListTargetGroups': list(sdk.ListTargetGroupsCommand, 'items', targetGroup),
    'vpc-lattice:ListTargets': list(sdk.ListTargetsCommand, 'items', target),
  };
}
