/** The layers of containerd and runc around what kept a container from being started. */
const LAYERS =
  /^(?:(?:failed to create (?:containerd|shim) task|OCI runtime create failed|runc create failed|unable to start container process|error during container init): )+/;

/** What a container runtime says, without them: in a column there is no room for what comes behind. */
export const runtimeWords = (message: string): string =>
  message.replace(LAYERS, '').replace(/: unknown$/, '');
