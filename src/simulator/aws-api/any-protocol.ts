/**
 * A service that was AWS Query once and speaks AWS JSON and Smithy RPC with CBOR as well, as CloudWatch
 * does: clients choose what they know best. Errors carry their old names beside the new ones.
 */
import { awsJson } from './aws-json.ts';
import type { Operation } from './operation.ts';
import type { Protocol, ProtocolChoice, WireResponse } from './protocol.ts';
import { query } from './query.ts';
import { rpcCbor } from './rpc-cbor.ts';

/** @param xmlNamespace of its answers in AWS Query */
export function anyProtocol(
  operations: readonly Operation[],
  xmlNamespace: string,
): ProtocolChoice {
  const cbor = queryCompatible(rpcCbor(operations));
  const json = queryCompatible(awsJson(operations, '1.0'));
  const form = query(operations, 'query', xmlNamespace);
  return ({ headers }) => {
    if (headers['smithy-protocol'] === 'rpc-v2-cbor') return cbor;
    return headers['x-amz-target'] === undefined ? form : json;
  };
}

/** @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#awsquerycompatible-trait */
const queryCompatible = (protocol: Protocol): Protocol => ({
  ...protocol,
  encodeError(error): WireResponse {
    const answer = protocol.encodeError(error);
    const fault = error.status < 500 ? 'Sender' : 'Receiver';
    return {
      ...answer,
      headers: { ...answer.headers, 'x-amzn-query-error': `${error.code};${fault}` },
    };
  },
});
