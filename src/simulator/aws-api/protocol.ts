import type { ApiError } from './api-error.ts';
import type { Operation } from './operation.ts';

/** A request as it came in, its body complete. */
export interface WireRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: URL;
  readonly body: string;
  /** The body as it came, for protocols that are no text. */
  readonly bytes: Uint8Array;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** What goes back. */
export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What comes bit by bit is sent as it comes, until whoever asked goes away. */
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array>;
}

/** How a service puts its operations on the wire. */
export interface Protocol {
  /** The operation asked for and its input, or null where there is none of that name or path. */
  decode(request: WireRequest): Promise<{ operation: Operation; input: unknown } | null>;
  encode(operation: Operation, output: unknown): WireResponse;
  encodeError(error: ApiError): WireResponse;
  /** The error for a request that {@link Protocol.decode} could not place. */
  unknownOperation(request: WireRequest): ApiError;
}

/** A service that is spoken to in several ways: the request shows which one is meant. */
export type ProtocolChoice = (request: WireRequest) => Protocol;
