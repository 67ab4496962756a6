// The written list of rules, by the document that asks for them. A new one is a file, a line here and a test.

import { alternativeNames } from './rfc5280/alternative-names.ts'
import { attributeValues } from './rfc5280/attribute-values.ts'
import { basicConstraints } from './rfc5280/basic-constraints.ts'
import { criticality } from './rfc5280/criticality.ts'
import { extendedKeyUsage } from './rfc5280/extended-key-usage.ts'
import { keyIdentifiers } from './rfc5280/key-identifiers.ts'
import { keyUsage } from './rfc5280/key-usage.ts'
import { serialNumber } from './rfc5280/serial-number.ts'
import { subject } from './rfc5280/subject.ts'
import { validity } from './rfc5280/validity.ts'
import { version } from './rfc5280/version.ts'
import type { LintRule } from './rule.ts'
import { keyStrength } from './scel/key-strength.ts'
import { leafPurpose } from './scel/leaf-purpose.ts'
import { revocationAddresses } from './scel/revocation-addresses.ts'
import { serialEntropy } from './scel/serial-entropy.ts'
import { serverNames } from './scel/server-names.ts'
import { signatureAlgorithm } from './scel/signature-algorithm.ts'

export const RULES: readonly LintRule[] = Object.freeze([
  version,
  serialNumber,
  validity,
  subject,
  attributeValues,
  keyIdentifiers,
  basicConstraints,
  keyUsage,
  extendedKeyUsage,
  alternativeNames,
  criticality,
  serialEntropy,
  keyStrength,
  signatureAlgorithm,
  serverNames,
  leafPurpose,
  revocationAddresses,
])
