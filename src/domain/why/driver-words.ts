/** What drivers and the kubelet say of calls to each other and to AWS, without what it is wrapped in. */

/** The layers of gRPC, of the SDK of AWS, and of a `mount` that failed, whose own words come last. */
const LAYERS =
  /rpc error: code = \w+ desc = |operation error [^:]+: \w+, https response error StatusCode: \d+, RequestID: [^,]*, (?:api error )?|failed to mount secrets store objects for pod [^,]+, err: /g;
const MOUNT =
  /(?: at "[^"]*")?: mount failed: exit status \d+\s+Mounting command: .*?\s+Mounting arguments: .*?\s+Output: /s;

export const driverWords = (message: string): string =>
  message.replace(LAYERS, '').replace(MOUNT, ': ').trim();
