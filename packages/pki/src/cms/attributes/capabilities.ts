// SMIMECapabilities (RFC 8551 §2.5.2): what the signer can read, for those who answer.

import type { Attribute, SmimeCapability } from '../../x509/index.ts'
import { EXTENSIONS } from '../../x509/index.ts'
import { attribute } from './attribute.ts'
import { SMIME_CAPABILITIES } from './oids.ts'

export const capabilitiesAttribute = (capabilities: readonly SmimeCapability[]): Attribute =>
  attribute(SMIME_CAPABILITIES, EXTENSIONS.smimeCapabilities.write(capabilities))

/** AES-256-GCM, AES-128-GCM, AES-256-CBC, AES-128-CBC: what `openContent` reads, the preferred first. */
export const CAPABILITIES: readonly SmimeCapability[] = Object.freeze([
  { oid: '2.16.840.1.101.3.4.1.46' },
  { oid: '2.16.840.1.101.3.4.1.6' },
  { oid: '2.16.840.1.101.3.4.1.42' },
  { oid: '2.16.840.1.101.3.4.1.2' },
])
