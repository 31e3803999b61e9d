import { DescribeFileSystemsCommand, FSxClient } from '@aws-sdk/client-fsx';
import type { FsxDeployment, FsxDescription } from '../../../ports/aws/fsx-calls.ts';
import type { ClientConfig } from '../client-config.ts';
import type { Operations } from './operation.ts';
import { listed } from './pages.ts';
import { count, many, record, strings, tags, text, time } from './shape.ts';

const deployment = record<FsxDeployment>({ DeploymentType: text, ThroughputCapacity: count });

const fileSystem = record<FsxDescription>({
  FileSystemId: text,
  CreationTime: time,
  FileSystemType: text,
  Lifecycle: text,
  FailureDetails: record<FsxDescription['FailureDetails']>({ Message: text }),
  StorageCapacity: count,
  StorageType: text,
  VpcId: text,
  SubnetIds: strings,
  DNSName: text,
  LustreConfiguration: deployment,
  OpenZFSConfiguration: deployment,
  OntapConfiguration: deployment,
  WindowsConfiguration: deployment,
  Tags: tags,
});

/** The door's calls of FSx. */
export function fsxOperations(config: ClientConfig): Operations<'fsx'> {
  const client = new FSxClient(config);
  return {
    'fsx:DescribeFileSystems': listed(
      'FileSystems',
      (_, NextToken, options) =>
        client.send(new DescribeFileSystemsCommand({ NextToken }), options),
      (page) => many(fileSystem)(page.FileSystems),
      (page) => page.NextToken,
    ),
  };
}
