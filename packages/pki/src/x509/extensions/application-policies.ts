import type { PolicyInformation } from './certificate-policies.ts'
import { policies } from './certificate-policies.ts'
import type { ExtensionCodec } from './extension.ts'

/**
 * Microsoft's twin of the extended key usage in the shape of policies: each policy is a purpose,
 * as a dotted identifier.
 */
export const applicationPolicies: ExtensionCodec<readonly PolicyInformation[]> = policies(
  '1.3.6.1.4.1.311.21.10',
  'applicationPolicies',
)
