import {
  AddClientIDToOpenIDConnectProvider$,
  type AddClientIDToOpenIDConnectProviderRequest,
  CreateOpenIDConnectProvider$,
  type CreateOpenIDConnectProviderRequest,
  type CreateOpenIDConnectProviderResponse,
  DeleteOpenIDConnectProvider$,
  type DeleteOpenIDConnectProviderRequest,
  GetOpenIDConnectProvider$,
  type GetOpenIDConnectProviderRequest,
  type GetOpenIDConnectProviderResponse,
  ListOpenIDConnectProviders$,
  type ListOpenIDConnectProvidersResponse,
} from '@aws-sdk/client-iam';
import type { OidcProvider } from '../../iam.ts';
import type { AccountView } from '../account.ts';
import { type Operation, operation } from '../operation.ts';
import { tagList } from './filters.ts';
import { exists, invalidInput, limited, noSuch } from './iam-lookup.ts';

const MOST_PROVIDERS = 100;
const MOST_AUDIENCES = 100;

/** What IAM does with OIDC providers. */
export const PROVIDER_OPERATIONS: readonly Operation[] = [
  operation(
    ListOpenIDConnectProviders$,
    (_: object, { region }): ListOpenIDConnectProvidersResponse => ({
      OpenIDConnectProviderList: [...region.iam.providers.keys()].map((Arn) => ({ Arn })),
    }),
  ),
  operation(
    GetOpenIDConnectProvider$,
    (input: GetOpenIDConnectProviderRequest, account): GetOpenIDConnectProviderResponse => {
      const provider = providerOf(account, input.OpenIDConnectProviderArn);
      return {
        Url: provider.url,
        ClientIDList: [...provider.clientIds],
        ThumbprintList: [...provider.thumbprints],
        CreateDate: new Date(provider.createdAt),
        Tags: tagList(provider.tags),
      };
    },
  ),
  operation(
    CreateOpenIDConnectProvider$,
    (
      input: CreateOpenIDConnectProviderRequest,
      { region, now },
    ): CreateOpenIDConnectProviderResponse => {
      const { Url = '', ClientIDList = [], ThumbprintList = [], Tags = [] } = input;
      if (!URL.canParse(Url) || !Url.startsWith('https://')) {
        throw invalidInput('Invalid Open ID Connect Provider URL');
      }
      // The port is no part of an issuer's identity, nor a slash at its end.
      const { hostname, pathname } = new URL(Url);
      const url = `${hostname}${pathname.replace(/\/$/, '')}`;
      const arn = `arn:${region.partition}:iam::${region.accountId}:oidc-provider/${url}`;
      if (region.iam.providers.has(arn)) {
        throw exists(`Provider with url https://${url} already exists.`);
      }
      if (region.iam.providers.size >= MOST_PROVIDERS) {
        throw limited(
          `Cannot exceed quota for OpenIdConnectProvidersPerAccount: ${MOST_PROVIDERS}`,
        );
      }
      region.iam.providers.set(arn, {
        arn,
        url,
        clientIds: [...ClientIDList],
        thumbprints: ThumbprintList,
        createdAt: now,
        tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
      });
      return { OpenIDConnectProviderArn: arn, Tags };
    },
  ),
  operation(
    AddClientIDToOpenIDConnectProvider$,
    (input: AddClientIDToOpenIDConnectProviderRequest, account): object => {
      const { clientIds } = providerOf(account, input.OpenIDConnectProviderArn);
      const { ClientID = '' } = input;
      if (clientIds.includes(ClientID)) return {};
      if (clientIds.length >= MOST_AUDIENCES) {
        throw limited(
          `Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: ${MOST_AUDIENCES}`,
        );
      }
      clientIds.push(ClientID);
      return {};
    },
  ),
  operation(
    DeleteOpenIDConnectProvider$,
    (input: DeleteOpenIDConnectProviderRequest, account): object => {
      const { arn } = providerOf(account, input.OpenIDConnectProviderArn);
      account.region.iam.providers.delete(arn);
      return {};
    },
  ),
];

function providerOf({ region }: AccountView, arn = ''): OidcProvider {
  const provider = region.iam.providers.get(arn);
  if (provider) return provider;
  throw noSuch(`OpenIDConnect Provider not found for arn ${arn}`);
}
