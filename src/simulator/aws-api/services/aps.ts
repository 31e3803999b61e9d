import {
  DescribeWorkspace$,
  ListScrapers$,
  ListWorkspaces$,
  type DescribeWorkspaceRequest,
  type DescribeWorkspaceResponse,
  type ListScrapersRequest,
  type ListScrapersResponse,
  type ListWorkspacesRequest,
  type ListWorkspacesResponse,
  type ScraperSummary,
  type WorkspaceSummary,
} from '@aws-sdk/client-amp';
import type { PromScraper, PromWorkspace } from '../../prometheus.ts';
import { regionArn, type Region } from '../../region.ts';
import { ApiError } from '../api-error.ts';
import { type Operation, operation } from '../operation.ts';
import { pageOf } from '../page.ts';

const PAGE = { most: 100, invalid: 'ValidationException' };

/** What Amazon Managed Service for Prometheus answers of itself. */
export const APS_OPERATIONS: readonly Operation[] = [
  operation(
    ListWorkspaces$,
    ({ alias = '', ...page }: ListWorkspacesRequest, { region }): ListWorkspacesResponse => {
      const found = region.prometheus.workspaces.filter((each) => each.alias.startsWith(alias));
      const { items, next } = pageOf(found, {
        ...PAGE,
        size: page.maxResults,
        token: page.nextToken,
      });
      return {
        workspaces: items.map((each) => workspaceOf(each, region)),
        ...(next && { nextToken: next }),
      };
    },
  ),
  operation(
    DescribeWorkspace$,
    ({ workspaceId }: DescribeWorkspaceRequest, { region }): DescribeWorkspaceResponse => {
      const found = workspaceIn(region, workspaceId ?? '');
      return {
        workspace: {
          ...workspaceOf(found, region),
          prometheusEndpoint: `https://aps-workspaces.${region.name}.amazonaws.com/workspaces/${found.id}/`,
        },
      };
    },
  ),
  operation(
    ListScrapers$,
    ({ nextToken, maxResults }: ListScrapersRequest, { region }): ListScrapersResponse => {
      const { items, next } = pageOf(region.prometheus.scrapers, {
        ...PAGE,
        ...{ size: maxResults, token: nextToken },
      });
      return {
        scrapers: items.map((each) => scraperOf(each, region)),
        ...(next && { nextToken: next }),
      };
    },
  ),
];

/** @throws {ApiError} where there is none of that id */
export function workspaceIn({ prometheus: { workspaces } }: Region, id: string): PromWorkspace {
  const found = workspaces.find((each) => each.id === id);
  if (found !== undefined) return found;
  throw new ApiError('ResourceNotFoundException', 404, 'Workspace not found', {
    ...{ resourceId: id, resourceType: 'AWS::APS::Workspace' },
  });
}

const arnOf = (region: Region, id: string): string => regionArn(region, 'aps', `workspace/${id}`);

const workspaceOf = ({ id, alias, createdAt, tags }: PromWorkspace, region: Region) =>
  ({
    ...{ workspaceId: id, alias, arn: arnOf(region, id), tags: { ...tags } },
    ...{ status: { statusCode: 'ACTIVE' }, createdAt: new Date(createdAt) },
  }) satisfies WorkspaceSummary;

const scraperOf = (
  { id, alias, clusterArn, workspaceId, subnetIds, createdAt }: PromScraper,
  region: Region,
): ScraperSummary => ({
  ...{ scraperId: id, alias, arn: regionArn(region, 'aps', `scraper/${id}`), tags: {} },
  roleArn: `arn:${region.partition}:iam::${region.accountId}:role/aws-service-role/scraper.aps.amazonaws.com/AWSServiceRoleForAmazonPrometheusScraper_${id.slice(-8)}`,
  ...{ status: { statusCode: 'ACTIVE' }, createdAt: new Date(createdAt) },
  lastModifiedAt: new Date(createdAt),
  source: { eksConfiguration: { clusterArn, subnetIds: [...subnetIds] } },
  destination: { ampConfiguration: { workspaceArn: arnOf(region, workspaceId) } },
});
