import { AWS_ACTIONS } from '../../domain/aws-actions.ts';
import { AwsFault } from '../../domain/aws-fault.ts';
import type { AwsDoor, AwsScope } from '../../ports/aws.ts';
import type { Sendable } from './operations/operation.ts';
import type { ScopeServices } from './scope-services.ts';

/** What Node says of connections over which nothing was sent. */
const UNSENT =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|.*(CERT|SIGNED|ISSUER).*)$/;

/**
 * The door of a scope.
 *
 * @param readonly asked before each call: may nothing be changed
 */
export function openDoor(
  scope: AwsScope,
  services: ScopeServices,
  readonly: () => boolean,
): AwsDoor {
  return {
    scope,
    async call(action, input, signal) {
      if (!Object.hasOwn(AWS_ACTIONS, action)) throw unlisted(action);
      const writes = AWS_ACTIONS[action] === 'write';
      if (writes && readonly()) throw closed(action);
      const progress = { sent: false };
      try {
        const { run, call } = await services.operation(action);
        if (run === undefined) throw unlisted(action);
        return await run(input as Sendable<typeof input>, (request) =>
          call(action, () => {
            signal?.throwIfAborted();
            // Asked again in its turn: it may have waited for others.
            if (writes && readonly()) throw closed(action);
            progress.sent = true;
            // A write that is on its way is not left: nobody would know whether it was done.
            return request(signal && !writes ? { abortSignal: signal } : {});
          }),
        );
      } catch (error) {
        if (signal?.aborted && !(writes && progress.sent)) throw signal.reason;
        throw writes && error instanceof AwsFault ? ofWrite(error) : error;
      }
    },
  };
}

const unlisted = (action: string): AwsFault =>
  new AwsFault('refused', `${action} is none of the calls that this program makes`, '', { action });

const closed = (action: string): AwsFault =>
  new AwsFault(
    'refused',
    `read-only: ${action} is refused`,
    'start with --write to allow changes',
    { code: 'ReadOnly', action },
  );

/** Was the answer lost rather than the request? */
const mayBeDone = (fault: AwsFault): boolean =>
  fault.kind === 'unreachable' && !UNSENT.test(fault.code);

/** The same with what became of the change. */
function ofWrite(fault: AwsFault): AwsFault {
  if (fault.kind === 'busy') return also(fault, 'it was not done: try it again in a moment');
  return mayBeDone(fault)
    ? also(fault, 'it may have been done all the same: look before it is done again')
    : fault;
}

const also = ({ kind, message, hint, code, action }: AwsFault, more: string): AwsFault =>
  new AwsFault(kind, message, hint === '' ? more : `${hint}; ${more}`, { code, action });
