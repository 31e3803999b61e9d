/** What Systems Manager can be asked, and its answers, as `../aws-calls.ts` says. */

/** A machine on which Systems Manager's agent has told of itself. */
export interface InstanceInformation {
  /** `i-…` of EC2, `mi-…` of a machine registered by a hybrid activation. */
  readonly InstanceId: string;
  /** Online, ConnectionLost or Inactive. */
  readonly PingStatus: string;
  readonly LastPingDateTime: number | null;
  readonly AgentVersion: string;
  /** null where AWS does not say; of Windows it says nothing. */
  readonly IsLatestVersion: boolean | null;
  /** Linux, Windows or MacOS. */
  readonly PlatformType: string;
  readonly PlatformName: string;
  readonly PlatformVersion: string;
  /** Of a machine of a hybrid activation: its IAM role; else empty. */
  readonly IamRole: string;
  readonly RegistrationDate: number | null;
  /** EC2Instance or ManagedInstance. */
  readonly ResourceType: string;
  readonly IPAddress: string;
  readonly ComputerName: string;
}

/** How the last scan or installation of patches left a machine. */
export interface InstancePatchState {
  readonly InstanceId: string;
  readonly BaselineId: string;
  readonly InstalledCount: number | null;
  /** Installed, and in force after the next boot. */
  readonly InstalledPendingRebootCount: number | null;
  readonly MissingCount: number | null;
  readonly FailedCount: number | null;
  /** Patches that the baseline calls critical, and that are not in force. */
  readonly CriticalNonCompliantCount: number | null;
  readonly SecurityNonCompliantCount: number | null;
  readonly OperationEndTime: number | null;
  /** Scan or Install. */
  readonly Operation: string;
}

export interface SsmCalls {
  /** Those that are not there are left out. */
  'ssm:GetParameters': {
    /** At most ten. */
    input: { readonly Names: readonly string[] };
    output: {
      readonly Parameters: readonly { readonly Name: string; readonly Value: string }[];
    };
  };
  /** Those that the agent has told of; machines without one are not among them. */
  'ssm:DescribeInstanceInformation': {
    /** Of a filter by `InstanceIds` at most a hundred values. */
    input: {
      readonly Filters: readonly { readonly Key: string; readonly Values: readonly string[] }[];
    };
    output: { readonly InstanceInformationList: readonly InstanceInformation[] };
  };
  /** Of machines that were never scanned nothing is told. */
  'ssm:DescribeInstancePatchStates': {
    /** At most fifty. */
    input: { readonly InstanceIds: readonly string[] };
    output: { readonly InstancePatchStates: readonly InstancePatchState[] };
  };
}
